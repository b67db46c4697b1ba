package dev.memoryconsole.ui.shell;

import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.exchange.ExportReport;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreCode;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.OpenStore;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.ImportPreview;
import dev.memoryconsole.ui.services.ImportSummary;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Opens, creates, imports and exports. User interface's thread only. */
public final class StoreCommands {
  private static final String NEW_STORE = "memories.db";

  private final UiServices services;
  private final Session session;
  private final RunMonitor runs;
  private final Tasks tasks;
  private final TopBarWork work;
  private final FilePicker files;
  private final Notices notices;
  private final Confirmations confirmations;
  private final ImportQuestion imports;
  private final Messages messages;
  private final ReadOnlyObjectWrapper<List<StoreLocation>> recent =
      new ReadOnlyObjectWrapper<>(List.of());
  private @Nullable Supplier<EntryQuery> shown;
  private BiConsumer<StoreLocation, Throwable> failed;

  /** On the session's store. */
  public StoreCommands(
      UiServices services,
      Session session,
      RunMonitor runs,
      Tasks tasks,
      TopBarWork work,
      FilePicker files,
      Notices notices,
      Confirmations confirmations,
      ImportQuestion imports,
      Messages messages) {
    this.services = services;
    this.session = session;
    this.runs = runs;
    this.tasks = tasks;
    this.work = work;
    failed = (store, failure) -> work.present(failure);
    this.files = files;
    this.notices = notices;
    this.confirmations = confirmations;
    this.imports = imports;
    this.messages = messages;
    refreshRecent();
  }

  /** Says which entries an export writes. */
  public void exporting(Supplier<EntryQuery> query) {
    shown = query;
  }

  /** Says who is told of a store that could not be opened, in the place of whoever looks. */
  public void onFailure(BiConsumer<StoreLocation, Throwable> told) {
    failed = told;
  }

  ReadOnlyObjectProperty<List<StoreLocation>> recent() {
    return recent.getReadOnlyProperty();
  }

  /** Asks for a store's file and opens it. */
  public void open() {
    files.pick(FilePicker.Purpose.OPEN_STORE, "").map(StoreLocation::of).ifPresent(this::open);
  }

  /** Asks for the plugin's folder and opens it. */
  public void openFolder() {
    files.pick(FilePicker.Purpose.OPEN_FOLDER, "").map(StoreLocation::of).ifPresent(this::open);
  }

  /** Opens this store; the one that is open, anew. */
  public void open(StoreLocation store) {
    open(store, before -> reopen(before, store));
  }

  /** Opens this store unless it is the one that is open. */
  public void openAnother(StoreLocation store) {
    open(store, before -> {});
  }

  private void open(StoreLocation store, Consumer<Upgrades> ifSame) {
    Upgrades before = session.open();
    Runnable now = () -> unlessRunning(() -> openNow(store, () -> {}));
    if (before == null) {
      now.run();
    } else {
      Runnable same = () -> ifSame.accept(before);
      tasks.run(() -> before.store().isAt(store) ? same : now, Runnable::run);
    }
  }

  /** Anew: the file, or the journal, may have been replaced since it was opened. */
  private void reopen(Upgrades before, StoreLocation store) {
    unlessRunning(
        () -> {
          session.show(null);
          openNow(store, () -> Session.closeWithStore(before));
        });
  }

  private void openNow(StoreLocation store, Runnable before) {
    work.run(
        messages.get("work.open", store.name()),
        rows -> {
          before.run();
          return OpenStore.of(services.open(store));
        },
        this::opened,
        failure -> failed.accept(store, failure),
        OpenStore::close);
  }

  void create() {
    files
        .pick(FilePicker.Purpose.NEW_STORE, NEW_STORE)
        .map(StoreLocation::of)
        .ifPresent(this::create);
  }

  /** Makes a store and opens it. */
  public void create(StoreLocation store) {
    show(messages.get("work.create", store.name()), () -> services.createStore(store));
  }

  void demo() {
    show(messages.get("work.demo"), services::openDemo);
  }

  void chooseImport() {
    if (refusesImports()) {
      return;
    }
    files.pick(FilePicker.Purpose.IMPORT, "").ifPresent(this::importFile);
  }

  /** Says so before anything is asked: no answer would bring a memory in. */
  private boolean refusesImports() {
    Upgrades open = session.open();
    if (open == null || open.store() instanceof RowInsertion) {
      return false;
    }
    notices.warning(StoreCode.NO_INSERTION.with(open.store().location().toString()));
    return true;
  }

  /** Takes a file or a folder that was dropped on the window. */
  public void drop(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean memories =
        name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson");
    if (!memories) {
      open(StoreLocation.of(file));
    } else if (session.open() != null) {
      importFile(file);
    } else {
      tasks.runLong(
          () -> services.previewImport(file, Map.of()), preview -> offerStore(file, preview));
    }
  }

  void export() {
    export(shown == null ? EntryQuery.ALL : shown.get());
  }

  /** Asks for a file and exports what a query finds. */
  public void export(EntryQuery query) {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    files
        .pick(FilePicker.Purpose.EXPORT, "memories.json")
        .ifPresent(
            file ->
                work.run(
                    messages.get("work.export", name(file)),
                    rows ->
                        services.exportFrom(open, query, file, ExportFormat.of(file), rows::accept),
                    report -> exported(report, file)));
  }

  private void exported(ExportReport report, Path file) {
    String sentence = messages.get("export.done", report.written(), name(file));
    if (report.left().isEmpty()) {
      notices.success(sentence);
    } else {
      notices.warning(
          messages.get(
              "export.left",
              sentence,
              report.left().size(),
              messages.words(report.left().getFirst().sentence())));
    }
  }

  /** No store is open: memories of another tool are shown first, then a new store is made. */
  private void offerStore(Path file, ImportPreview preview) {
    Consumer<ImportQuestion.Answer> make =
        answer ->
            files
                .pick(
                    FilePicker.Purpose.NEW_STORE, name(file).replaceFirst("\\.[^.]*$", "") + ".db")
                .map(StoreLocation::of)
                .ifPresent(store -> createFrom(store, file, answer));
    if (preview.isForeign()) {
      imports.ask(new ImportQuestion.Asked(file, name(file), "", false, make), preview);
    } else {
      make.accept(ImportQuestion.Answer.AS_IT_IS);
    }
  }

  private void importFile(Path file) {
    Upgrades open = session.open();
    if (open != null && !refusesImports()) {
      tasks.runLong(
          () -> services.previewImport(file, Map.of()), preview -> askBefore(open, file, preview));
    }
  }

  private void askBefore(Upgrades open, Path file, ImportPreview preview) {
    String into = messages.get("import.text", open.store().location().name());
    if (preview.isForeign()) {
      imports.ask(
          new ImportQuestion.Asked(
              file, name(file), into, true, answer -> importInto(open, file, answer)),
          preview);
      return;
    }
    confirmations.ask(
        new Confirmations.Question(
            messages.get("import.title", name(file)),
            into,
            messages.get("import.action"),
            messages.get("import.replace"),
            null,
            false,
            replace -> importInto(open, file, new ImportQuestion.Answer(Map.of(), replace))));
  }

  private void importInto(Upgrades open, Path file, ImportQuestion.Answer answer) {
    ExistingRows existing = answer.replace() ? ExistingRows.REPLACE : ExistingRows.SKIP;
    work.run(
        messages.get("work.import", name(file)),
        rows -> services.importInto(open, file, answer.named(), existing, rows::accept),
        this::imported);
  }

  private void createFrom(StoreLocation store, Path file, ImportQuestion.Answer answer) {
    Runnable create =
        () ->
            work.run(
                messages.get("work.create", store.name()),
                rows -> {
                  UiServices.NewlyMade made =
                      services.createFrom(store, file, answer.named(), rows::accept);
                  return Map.entry(OpenStore.of(made.store()), made.summary());
                },
                made -> {
                  opened(made.getKey());
                  imported(made.getValue());
                },
                made -> made.getKey().close());
    unlessRunning(create);
  }

  private void imported(ImportSummary summary) {
    InsertReport rows = summary.rows();
    String sentence = messages.get("import.done", rows.added(), rows.replaced(), rows.skipped());
    if (summary.badLines().isEmpty()) {
      notices.success(sentence);
    } else {
      notices.warning(
          messages.get(
              "import.bad",
              sentence,
              summary.badLines().size(),
              messages.words(summary.badLines().getFirst())));
    }
    session.refresh();
  }

  private void show(String what, Callable<Upgrades> opener) {
    unlessRunning(
        () -> work.run(what, rows -> OpenStore.of(opener.call()), this::opened, OpenStore::close));
  }

  private void opened(OpenStore next) {
    session.show(next);
    MemoryStore store = next.upgrades().store();
    tasks.read(
        () -> store.writeRefusal().or(() -> store.remarks().stream().reduce(Message::then)),
        remark -> remark.ifPresent(message -> notices.warning(messages.words(message))));
    refreshRecent();
  }

  private void unlessRunning(Runnable action) {
    if (runs.isActive()) {
      confirmations.warn(
          messages.get("leave.title"),
          messages.get("leave.text"),
          messages.get("leave.action"),
          action);
    } else {
      action.run();
    }
  }

  private void refreshRecent() {
    tasks.run(services::recent, recent::set);
  }

  private static String name(Path file) {
    return StoreLocation.of(file).name();
  }
}
