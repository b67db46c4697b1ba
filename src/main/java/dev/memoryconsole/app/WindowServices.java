package dev.memoryconsole.app;

import dev.memoryconsole.app.desktop.DesktopNotifier;
import dev.memoryconsole.app.diagnostics.Diagnostics;
import dev.memoryconsole.exchange.BadLine;
import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.exchange.ExportReport;
import dev.memoryconsole.exchange.Exporter;
import dev.memoryconsole.exchange.ImportReport;
import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.exchange.Snapshots;
import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.exchange.source.Survey;
import dev.memoryconsole.lab.LabListener;
import dev.memoryconsole.lab.LabPlan;
import dev.memoryconsole.lab.LabResult;
import dev.memoryconsole.lab.Strategy;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.look.WindowLook;
import dev.memoryconsole.settings.openclaw.OpenClawReader;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.ui.services.DatabaseServices;
import dev.memoryconsole.ui.services.ImportSummary;
import dev.memoryconsole.ui.services.LockServices;
import dev.memoryconsole.ui.services.ModelServices;
import dev.memoryconsole.ui.services.SnapshotRules;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What the window asks of the rest of the app, over one workspace. Thread-safe. */
public final class WindowServices implements UiServices {

  private final Assembly assembly;
  private final Workspace workspace;
  private final SettingsFile settings;
  private final WindowModels models;
  private final WindowLocks locks;
  private final Exporter exporter;
  private final Snapshots snapshots;

  /** Serves one workspace, with OpenClaw's configuration where OpenClaw looks for it. */
  public WindowServices(
      Assembly assembly,
      Workspace workspace,
      SettingsFile settings,
      Clock clock,
      ServedMetrics metrics) {
    this(assembly, workspace, settings, clock, metrics, OpenClawReader.standardFile());
  }

  /** Serves one workspace, with OpenClaw's configuration in this place. */
  public WindowServices(
      Assembly assembly,
      Workspace workspace,
      SettingsFile settings,
      Clock clock,
      ServedMetrics metrics,
      Path openClawFile) {
    this.assembly = assembly;
    this.workspace = workspace;
    this.settings = settings;
    SettingsInForce inForce = new SettingsInForce(settings);
    this.locks = new WindowLocks(inForce, metrics);
    this.models =
        new WindowModels(inForce, assembly.models(), assembly.withoutModel(), openClawFile);
    this.exporter = new Exporter(clock);
    this.snapshots = assembly.snapshots(workspace.directory());
  }

  @Override
  public Upgrades open(StoreLocation store) {
    return remember(assembly.open(store, workspace, models));
  }

  @Override
  public Upgrades createStore(StoreLocation store) {
    return remember(assembly.create(store, workspace, models));
  }

  @Override
  public synchronized Upgrades openDemo() throws InterruptedException {
    if (!Files.exists(workspace.demoStore())) {
      try {
        return createDemo();
      } catch (StoreException failure) {
        // Another window may have made it meanwhile.
        if (!Files.exists(workspace.demoStore())) {
          throw failure;
        }
      }
    }
    return open(StoreLocation.of(workspace.demoStore()));
  }

  private Upgrades createDemo() throws InterruptedException {
    try {
      Files.createDirectories(workspace.directory());
      Path folder = Files.createTempDirectory(workspace.directory(), "demo");
      Path memories = folder.resolve("memories.json");
      try {
        DemoMemories.unpack(memories);
        return createFrom(StoreLocation.of(workspace.demoStore()), memories, Map.of(), count -> {})
            .store();
      } finally {
        Files.deleteIfExists(memories);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new StoreException(AppCode.DEMO_NOT_MADE.with(workspace.directory()), e);
    }
  }

  private Upgrades remember(Upgrades upgrades) {
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Nobody waits for the store any more.");
      }
      locks.opened(upgrades);
      settings.update(now -> now.withRecent(upgrades.store().location().key()));
      return upgrades;
    } catch (RuntimeException e) {
      upgrades.close();
      throw e;
    }
  }

  @Override
  public NewlyMade createFrom(
      StoreLocation store, Path file, Map<FieldMapping.Field, String> named, LongConsumer rowsSoFar)
      throws InterruptedException {
    Survey survey = Importer.survey(file);
    Optional<NewStore> begun = assembly.begin(store);
    if (begun.isEmpty()) {
      Upgrades created = createStore(store);
      try {
        return new NewlyMade(
            created, importInto(created, file, named, ExistingRows.SKIP, rowsSoFar));
      } catch (RuntimeException | InterruptedException e) {
        created.close();
        throw e;
      }
    }
    try (NewStore made = begun.get()) {
      ImportReport report = Importer.makeStore(survey, survey.mapping(named), made, rowsSoFar);
      return new NewlyMade(open(store), summary(report));
    }
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
    ImportReport report =
        Importer.importFile(survey, survey.mapping(named), target.store(), existing, rowsSoFar);
    return summary(report);
  }

  private static ImportSummary summary(ImportReport report) {
    return new ImportSummary(
        report.inserted(), report.bad().stream().map(BadLine::sentenceWithLine).toList());
  }

  @Override
  public ExportReport exportFrom(
      Upgrades source, EntryQuery selection, Path file, ExportFormat format, LongConsumer rowsSoFar)
      throws InterruptedException {
    return exporter.export(source.store(), selection, file, format, true, rowsSoFar);
  }

  @Override
  public List<Snapshot> snapshots(Upgrades store) {
    return snapshots.list(store.store().location());
  }

  @Override
  public Snapshot takeSnapshot(Upgrades store, SnapshotProgress progress)
      throws InterruptedException {
    return snapshots.take(store.store(), 0, progress);
  }

  @Override
  public Snapshot restoreSnapshot(Upgrades store, Snapshot snapshot, SnapshotProgress progress)
      throws InterruptedException {
    return snapshots.restore(store, snapshot, progress);
  }

  @Override
  public List<LabResult> lab(Upgrades store, LabPlan plan, LabListener listener)
      throws InterruptedException {
    return assembly
        .lab(workspace.directory())
        .run(store.store(), plan, List.of(Strategy.values()), listener);
  }

  @Override
  public SnapshotRules snapshotRules() {
    Settings now = settings.load();
    return new SnapshotRules(
        now.snapshotsOrDefault(), now.snapshotsKeptOrDefault(), now.snapshotsGigabytesOrDefault());
  }

  @Override
  public void saveSnapshotRules(SnapshotRules rules) {
    settings.update(now -> now.withSnapshots(rules.beforeRuns(), rules.kept(), rules.gigabytes()));
  }

  @Override
  public WindowLook look() {
    return settings.load().lookOrDefault();
  }

  @Override
  public void saveLook(WindowLook look) {
    settings.update(now -> now.withLook(look));
  }

  @Override
  public void notifyDesktop(String title, String text) {
    DesktopNotifier.show(title, text);
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
    return assembly.databases();
  }

  @Override
  public String diagnostics(@Nullable Upgrades open) {
    return new Diagnostics(workspace, System.getenv()).report(settings.load(), open);
  }

  @Override
  public List<StoreLocation> recent() {
    return settings.load().recentOrDefault().stream()
        .map(StoreLocation::parse)
        .flatMap(Optional::stream)
        .filter(store -> !Stores.isMissing(store))
        .toList();
  }
}
