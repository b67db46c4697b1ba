package dev.memoryconsole.chaos;

import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.app.ServedMetrics;
import dev.memoryconsole.app.WindowServices;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the window does, by its services: opens, opens again, runs, takes back, restores, closes.
 */
final class WindowActor {
  private static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT.withSnapshot(false);

  private final UiServices services;
  private final StoreLocation store;
  private final Path copies;
  private final Random dice;
  private final List<Oracle.Restore> restores = new ArrayList<>();
  private int opened;
  private int refused;
  private long upgraded;

  WindowActor(StoreLocation store, Path workspace, Path copies, long seed) {
    Workspace folder = new Workspace(workspace);
    this.services =
        new WindowServices(
            new Assembly(new Model(seed), Clock.systemUTC()),
            folder,
            new SettingsFile(folder.settings()),
            Clock.systemUTC(),
            new ServedMetrics());
    this.store = store;
    this.copies = copies;
    this.dice = new Random(seed);
  }

  List<Oracle.Restore> restores() {
    return restores;
  }

  String counts() {
    return "%d openings, %d entries upgraded, %d restores, %d refusals"
        .formatted(opened, upgraded, restores.size(), refused);
  }

  /** Opens the store, does something, and closes it. What is refused is refused in one sentence. */
  void visit() throws IOException, InterruptedException {
    try {
      Upgrades first = services.open(store);
      opened++;
      try {
        if (dice.nextInt(3) == 0) {
          again();
        }
        for (int i = dice.nextInt(4); i >= 0; i--) {
          attempt(first);
        }
      } finally {
        first.close();
      }
    } catch (StoreException | JournalException | UpgradeException e) {
      sentence(e);
    }
  }

  /** Recent, drop, open again: the same file while it is open. */
  private void again() throws InterruptedException {
    try (Upgrades second = services.open(store)) {
      second.store().stats();
      if (dice.nextBoolean()) {
        second.store().page(EntryQuery.ALL, 0, 20);
      }
    }
  }

  private void attempt(Upgrades upgrades) throws IOException, InterruptedException {
    try {
      switch (dice.nextInt(10)) {
        case 0, 1, 2, 3 -> run(upgrades.upgrade(some(upgrades), OPTIONS));
        case 4 -> run(upgrades.retryAll(OPTIONS));
        case 5 -> undo(upgrades);
        case 6 -> resume(upgrades);
        case 7 -> snapshot(upgrades);
        case 8 -> restore(upgrades);
        default -> upgrades.store().stats();
      }
    } catch (StoreException | JournalException | UpgradeException e) {
      sentence(e);
    }
  }

  private void sentence(RuntimeException e) {
    refused++;
    if (String.valueOf(e.getMessage()).lines().count() != 1) {
      throw new AssertionError("More than a sentence", e);
    }
  }

  private List<String> some(Upgrades upgrades) {
    return upgrades
        .store()
        .ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), 10 + dice.nextInt(60));
  }

  private void run(RunHandle run) throws InterruptedException {
    if (dice.nextInt(4) == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(dice.nextInt(400)));
      run.cancel();
    }
    upgraded += run.await().done();
  }

  private void undo(Upgrades upgrades) throws InterruptedException {
    List<RunRecord> runs = upgrades.runs(20);
    if (!runs.isEmpty()) {
      run(upgrades.undo(runs.get(dice.nextInt(runs.size())).id(), List.of(), OPTIONS));
    }
  }

  private void resume(Upgrades upgrades) throws InterruptedException {
    List<RunRecord> left = upgrades.resumable();
    if (!left.isEmpty()) {
      run(upgrades.resume(left.getFirst().id(), OPTIONS));
    }
  }

  private void snapshot(Upgrades upgrades) throws InterruptedException {
    if (upgrades.store() instanceof Restorable) {
      services.takeSnapshot(upgrades, SnapshotProgress.NONE);
    }
  }

  private void restore(Upgrades upgrades) throws IOException, InterruptedException {
    List<Snapshot> snapshots = services.snapshots(upgrades);
    if (snapshots.isEmpty()) {
      return;
    }
    long began = System.nanoTime();
    Snapshot safety =
        services.restoreSnapshot(
            upgrades, snapshots.get(dice.nextInt(snapshots.size())), SnapshotProgress.NONE);
    long ended = System.nanoTime();
    Path copy = copies.resolve("safety-" + restores.size() + ".db");
    Files.copy(safety.file(), copy);
    restores.add(new Oracle.Restore(began, ended, copy));
  }

  /** Finishes what was left over, with nobody in the way any more. */
  void finish() throws InterruptedException {
    try (Upgrades upgrades = services.open(store)) {
      for (RunRecord left : upgrades.resumable()) {
        try {
          upgrades.resume(left.id(), OPTIONS).await();
        } catch (UpgradeException nothingLeft) {
          sentence(nothingLeft);
        }
      }
    }
  }

  /** Takes a little time, and fails now and then. */
  private static final class Model implements Enricher {
    private final Random dice;

    Model(long seed) {
      dice = new Random(seed);
    }

    @Override
    public String name() {
      return "llm:played";
    }

    @Override
    public Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException {
      TimeUnit.MILLISECONDS.sleep(dice.nextInt(15));
      if (dice.nextInt(12) == 0) {
        throw new EnrichmentException(Message.verbatim("The model is out to lunch."));
      }
      return new Enriched(
          new Enrichment(
              "About " + entry.id(), "- About " + entry.id(), entry.text(), MemoryCategory.EVENTS),
          Message.NONE);
    }
  }
}
