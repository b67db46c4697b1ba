package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import dev.memoryconsole.upgrade.interleaving.History.RunFacts;
import dev.memoryconsole.upgrade.interleaving.History.RunKey;
import dev.memoryconsole.upgrade.interleaving.Schedule.Action;
import dev.memoryconsole.upgrade.interleaving.ground.Ground;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The engine under test as one program runs it, with a journal of its own. */
final class Engine implements AutoCloseable {
  private final int number;
  private final History history;
  private final LongSupplier lastWrite;
  private final ScriptedModel model;
  private final GatedStore store;
  private final Upgrades upgrades;
  private final List<Long> runs = new ArrayList<>();
  private final Map<EntryState, Integer> outcomes = new EnumMap<>(EntryState.class);

  Engine(
      int number,
      Ground ground,
      Path folder,
      History history,
      Clock clock,
      AtomicInteger calls,
      GatedStore.Fault fault,
      LongSupplier lastWrite) {
    this.number = number;
    this.history = history;
    this.lastWrite = lastWrite;
    model = new ScriptedModel(number, calls, history);
    store = new GatedStore(ground.open(), number, history, fault);
    upgrades =
        new UpgradeService(
            store, new SqliteJournal(folder.resolve("journal" + number + ".db")), model, clock);
  }

  /** Forgets the runs so far, so that no later action goes back to them. */
  void forgetRuns() {
    runs.clear();
  }

  /** Runs to the end, letting others in at the gates. One at a time. */
  synchronized void run(Action action, List<String> ids, Gates gates) {
    long from = lastWrite.getAsLong();
    store.play(gates);
    model.play(gates, action.failures());
    try {
      RunHandle run = start(action, ids);
      if (run != null) {
        over(action, end(run), from);
      }
    } finally {
      store.play(Gates.NOBODY);
      model.play(Gates.NOBODY, Set.of());
    }
  }

  private @Nullable RunHandle start(Action action, List<String> ids) {
    UpgradeOptions options =
        new UpgradeOptions(
                action.batchSize(),
                action.concurrency(),
                action.leave() ? FailurePolicy.LEAVE : FailurePolicy.FALLBACK,
                action.scopes())
            .withCommit(action.swap() ? CommitMode.CAS : CommitMode.BATCH);
    if (action.run() == Schedule.Run.UPGRADE || runs.isEmpty()) {
      return upgrades.upgrade(ids, options);
    }
    try {
      return switch (action.run()) {
        case UPGRADE -> throw new IllegalStateException();
        case RETRY -> upgrades.retry(runs.getLast(), options);
        case RESUME -> {
          long stopped = stopped();
          yield stopped == 0 ? null : upgrades.resume(stopped, options);
        }
        // Often the latest, which may itself be an undo, and sometimes an earlier one.
        case UNDO ->
            upgrades.undo(
                runs.get(action.failures().isEmpty() ? runs.size() - 1 : 0), ids, options);
      };
    } catch (UpgradeException nothingToDo) {
      return null;
    }
  }

  private long stopped() {
    return runs.stream()
        .filter(
            run ->
                upgrades
                    .run(run)
                    .map(RunRecord::state)
                    .filter(state -> state == RunState.CANCELLED || state == RunState.INTERRUPTED)
                    .isPresent())
        .reduce(0L, (first, second) -> second);
  }

  private static RunProgress end(RunHandle run) {
    try {
      return run.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("run " + run.id() + " did not come to its end", e);
    }
  }

  private void over(Action action, RunProgress end, long from) {
    RunRecord record = upgrades.run(end.run()).orElseThrow();
    Map<String, EntryState> ended = new HashMap<>();
    for (EntryRecord entry : upgrades.entries(end.run(), Set.of(), 0, Integer.MAX_VALUE)) {
      ended.put(entry.id(), entry.state());
      outcomes.merge(entry.state(), 1, Integer::sum);
    }
    if (!runs.contains(end.run())) {
      runs.add(end.run());
    }
    history.over(
        new RunKey(number, end.run()),
        new RunFacts(
            record.kind(),
            record.ofRun(),
            record.scopes(),
            action.leave(),
            end.state(),
            from,
            lastWrite.getAsLong(),
            ended));
  }

  /** Stops the run at work. */
  void cancel() {
    upgrades.active().ifPresent(RunHandle::cancel);
  }

  /** Pauses the run at work for a moment. */
  void pause() {
    upgrades
        .active()
        .ifPresent(
            run -> {
              run.pause();
              run.resume();
            });
  }

  /** How often a run, or a resumed run, left an entry in each state. */
  Map<EntryState, Integer> outcomes() {
    return outcomes;
  }

  @Override
  public void close() {
    upgrades.close();
  }
}
