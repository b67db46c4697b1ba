package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.memory.MemoryCategory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is known of what happened, for the oracle. Safe for use by many threads. */
final class History {
  /** A row's columns that matter. */
  record Row(
      String text, @Nullable String category, @Nullable String scope, @Nullable String metadata) {}

  /** One write, as a trigger in the store saw it; null where the row was not there. */
  record Logged(
      long seq,
      boolean byEngine,
      String id,
      long versionBefore,
      @Nullable Row before,
      @Nullable Row after) {}

  /** A call of a model: what it was asked and what it answered. */
  record Call(
      int number,
      int engine,
      String id,
      String text,
      @Nullable MemoryCategory category,
      boolean failed) {}

  /** A run of one of the engines. */
  record RunKey(int engine, long run) {}

  /**
   * All about a run.
   *
   * @param from the last write before it began
   * @param to the last write when it was over
   */
  record RunFacts(
      RunKind kind,
      @Nullable Long ofRun,
      Set<String> scopes,
      boolean leave,
      RunState state,
      long from,
      long to,
      Map<String, EntryState> outcomes) {}

  final Map<Integer, Call> calls = new ConcurrentHashMap<>();
  final Map<RunKey, RunFacts> runs = new ConcurrentHashMap<>();
  final Set<String> poisoned = ConcurrentHashMap.newKeySet();
  private final Map<String, RunKey> announced = new ConcurrentHashMap<>();

  /** An engine is about to write this version of a row. */
  void announce(String id, long version, RunKey run) {
    announced.put(id + "@" + version, run);
  }

  @Nullable RunKey writerOf(Logged write) {
    return announced.get(write.id() + "@" + write.versionBefore());
  }

  /** A run is over, for good or until it is resumed. */
  void over(RunKey key, RunFacts facts) {
    runs.merge(
        key,
        facts,
        (earlier, later) ->
            new RunFacts(
                later.kind(),
                later.ofRun(),
                later.scopes(),
                earlier.leave() || later.leave(),
                later.state(),
                earlier.from(),
                later.to(),
                later.outcomes()));
  }

  /** What a run wrote into each row. */
  Map<RunKey, Map<String, Logged>> written(List<Logged> log) {
    Map<RunKey, Map<String, Logged>> written = new HashMap<>();
    for (Logged write : log) {
      RunKey run = write.byEngine() ? writerOf(write) : null;
      if (run != null) {
        written.computeIfAbsent(run, key -> new HashMap<>()).put(write.id(), write);
      }
    }
    return written;
  }
}
