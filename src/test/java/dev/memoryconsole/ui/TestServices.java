package dev.memoryconsole.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.app.ServedMetrics;
import dev.memoryconsole.app.WindowServices;
import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.exchange.ExportReport;
import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.exchange.Retention;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.exchange.Snapshots;
import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.exchange.source.Survey;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.lab.LabListener;
import dev.memoryconsole.lab.LabPlan;
import dev.memoryconsole.lab.LabResult;
import dev.memoryconsole.lab.Strategy;
import dev.memoryconsole.lock.lockfile.LockfileInspection;
import dev.memoryconsole.lock.lockfile.LockfileTiming;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.look.WindowLook;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.HasOwnLock;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Doubles;
import dev.memoryconsole.ui.services.DatabaseServices;
import dev.memoryconsole.ui.services.ImportSummary;
import dev.memoryconsole.ui.services.LockServices;
import dev.memoryconsole.ui.services.ModelServices;
import dev.memoryconsole.ui.services.SnapshotRules;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Real stores and journals in one folder, opened for the window, each watched for its threads. */
public final class TestServices implements UiServices {
  private static final Path DEMO = Path.of("assets", "demo", "demo-memories.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  public final ScriptedEnricher enricher = new ScriptedEnricher();
  public final OffFxThread threads = new OffFxThread();
  public final List<Path> recent = new CopyOnWriteArrayList<>();

  /** What the desktop was asked to say. */
  public final List<String> notified = new CopyOnWriteArrayList<>();

  private final Path folder;
  private final Clock clock;
  public final Snapshots snapshots;
  private final WindowServices real;
  private final ModelServices models;
  private final LockServices locks;
  public volatile SnapshotRules rules = new SnapshotRules(true, 5, 2);

  /** Called while a snapshot is taken, in the thread that takes it. */
  public volatile Runnable copying = () -> {};

  /** Called before a run begins, when it is asked whether it may, in the thread that does it. */
  public volatile Runnable choosing = () -> {};

  /** Called when a store was opened, before anybody has it, in the thread that opened it. */
  public volatile Runnable opened = () -> {};

  public TestServices(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    real =
        new WindowServices(
            new Assembly(enricher, clock),
            workspace,
            new SettingsFile(workspace.settings()),
            clock,
            new ServedMetrics(),
            folder.resolve("openclaw.json"));
    this.models = real.models();
    this.locks = real.locks();
    this.snapshots =
        new Snapshots(
            folder.resolve("snapshots"),
            clock,
            () -> new Retention(rules.kept(), rules.gigabytes() * Retention.GIGABYTE));
  }

  /** The bundled demo memories. */
  public static List<MemoryEntry> demoRows() {
    return read(DEMO);
  }

  public static List<MemoryEntry> read(Path file) {
    try {
      List<MemoryEntry> rows = new ArrayList<>();
      for (JsonNode row : JSON.readTree(Files.readString(file)).get("memories")) {
        rows.add(
            new MemoryEntry(
                row.get("id").textValue(),
                row.get("text").textValue(),
                text(row, "category"),
                text(row, "scope"),
                row.hasNonNull("importance") ? row.get("importance").doubleValue() : null,
                row.hasNonNull("timestamp") ? row.get("timestamp").longValue() : null,
                text(row, "metadata"),
                1));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String text(JsonNode row, String key) {
    return row.hasNonNull(key) ? row.get(key).textValue() : null;
  }

  /** A closed store's file with these rows. */
  public Path store(String name, List<MemoryEntry> rows) throws InterruptedException {
    Path file = folder.resolve(name);
    try (SqliteStore store = SqliteStore.create(file)) {
      store.insert(rows, ExistingRows.SKIP);
    }
    return file;
  }

  @Override
  public Upgrades open(StoreLocation store) {
    Path file = ((StoreLocation.OnDisk) store).path();
    recent.remove(file);
    recent.addFirst(file);
    Upgrades upgrades = upgrades(SqliteStore.open(file));
    opened.run();
    return upgrades;
  }

  @Override
  public Upgrades createStore(StoreLocation store) {
    return upgrades(SqliteStore.create(((StoreLocation.OnDisk) store).path()));
  }

  @Override
  public Upgrades openDemo() throws InterruptedException {
    return open(StoreLocation.of(store("demo.db", demoRows())));
  }

  @Override
  public NewlyMade createFrom(
      StoreLocation store, Path file, Map<FieldMapping.Field, String> named, LongConsumer rowsSoFar)
      throws InterruptedException {
    NewlyMade made = real.createFrom(store, file, named, rowsSoFar);
    made.store().close();
    return new NewlyMade(
        upgrades(SqliteStore.open(((StoreLocation.OnDisk) store).path())), made.summary());
  }

  @Override
  public ImportSummary importInto(
      Upgrades target,
      Path file,
      Map<FieldMapping.Field, String> named,
      ExistingRows existing,
      LongConsumer rowsSoFar)
      throws InterruptedException {
    Survey survey = Importer.survey(file);
    return new ImportSummary(
        Importer.importFile(survey, survey.mapping(named), target.store(), existing, rowsSoFar)
            .inserted(),
        List.of());
  }

  @Override
  public ExportReport exportFrom(
      Upgrades source,
      EntryQuery selection,
      Path file,
      ExportFormat format,
      LongConsumer rowsSoFar) {
    List<MemoryEntry> rows = source.store().page(selection, 0, 100_000);
    try {
      Files.write(file, rows.stream().map(MemoryEntry::id).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ExportReport(rows.size(), List.of());
  }

  @Override
  public List<Snapshot> snapshots(Upgrades store) {
    return snapshots.list(store.store().location());
  }

  @Override
  public Snapshot takeSnapshot(Upgrades store, SnapshotProgress progress)
      throws InterruptedException {
    return snapshots.take(store.store(), 0, slowed(progress));
  }

  @Override
  public Snapshot restoreSnapshot(Upgrades store, Snapshot snapshot, SnapshotProgress progress)
      throws InterruptedException {
    return snapshots.restore(store, snapshot, progress);
  }

  private SnapshotProgress slowed(SnapshotProgress progress) {
    return (done, total) -> {
      progress.copied(done, total);
      copying.run();
    };
  }

  /** Where the lab's copies are made. */
  public Path labWorkspace() {
    return folder.resolve("workspace");
  }

  @Override
  public List<LabResult> lab(Upgrades store, LabPlan plan, LabListener listener)
      throws InterruptedException {
    return new Assembly(enricher, Clock.systemUTC())
        .lab(labWorkspace())
        .run(store.store(), plan, List.of(Strategy.values()), listener);
  }

  /** What was remembered of the screen. */
  public volatile WindowLook look = WindowLook.DEFAULT;

  @Override
  public WindowLook look() {
    return look;
  }

  @Override
  public void saveLook(WindowLook changed) {
    look = changed;
  }

  @Override
  public SnapshotRules snapshotRules() {
    return rules;
  }

  @Override
  public void saveSnapshotRules(SnapshotRules newRules) {
    rules = newRules;
  }

  @Override
  public void notifyDesktop(String title, String text) {
    notified.add(title + ": " + text);
  }

  @Override
  public ModelServices models() {
    return models;
  }

  @Override
  public LockServices locks() {
    return locks;
  }

  @Override
  public DatabaseServices databases() {
    return real.databases();
  }

  @Override
  public String diagnostics(@Nullable Upgrades open) {
    return real.diagnostics(open);
  }

  @Override
  public List<StoreLocation> recent() {
    return recent.stream().map(StoreLocation::of).toList();
  }

  /** Where the journal of all these stores is. */
  public Path journal() {
    return folder.resolve("journal.db");
  }

  /** The lock file that stores opened from now on say they have; null for none. */
  public volatile @Nullable Path lockTarget;

  private Upgrades upgrades(MemoryStore opened) {
    Path target = lockTarget;
    MemoryStore store = target == null ? opened : withLockFile(opened, target);
    if (!looks.isEmpty()) {
      // It says that others write older copies back.
      store = with(with(store, "settling", Duration.ofMillis(10)), "laterLooks", looks);
    }
    store = withChoosing(store);
    return threads.guard(new UpgradeService(store, new SqliteJournal(journal()), enricher, clock));
  }

  private MemoryStore withChoosing(MemoryStore real) {
    return Doubles.like(
        MemoryStore.class,
        real,
        (self, method, arguments) -> {
          if (method.getName().equals("writeRefusal")) {
            choosing.run();
          }
          return OffFxThread.call(real, method, arguments);
        });
  }

  /** When stores opened from now on say that they are to be looked at again; empty for never. */
  public volatile List<Duration> looks = List.of();

  /** The same store, which says that its lock is a file. */
  private static MemoryStore withLockFile(MemoryStore real, Path target) {
    return with(
        real,
        "lockInspection",
        new LockfileInspection(target, Clock.systemUTC(), LockfileTiming.DEFAULT),
        HasOwnLock.class);
  }

  private static MemoryStore with(
      MemoryStore real, String question, Object answer, Class<?>... more) {
    return Doubles.like(
        MemoryStore.class,
        real,
        (self, method, arguments) ->
            method.getName().equals(question) ? answer : OffFxThread.call(real, method, arguments),
        more);
  }
}
