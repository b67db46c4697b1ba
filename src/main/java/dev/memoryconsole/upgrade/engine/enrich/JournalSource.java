package dev.memoryconsole.upgrade.engine.enrich;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.CandidateSource;
import dev.memoryconsole.upgrade.engine.run.OpenEntries;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads from the journal what a run is to do with its entries: no text is enriched for it. */
public final class JournalSource implements CandidateSource {
  private static final int READ_CHUNK = 100;

  private final RunControl run;
  private final Function<List<Candidate>, Function<Candidate, @Nullable EntryProgress>> reader;
  private final boolean groups;
  // Used by the feeding thread.
  private final List<Candidate> group = new ArrayList<>();
  private @Nullable String groupKeeper;
  private final BlockingQueue<Candidate> ready = new ArrayBlockingQueue<>(READ_CHUNK);

  private JournalSource(
      RunControl run,
      Function<List<Candidate>, Function<Candidate, @Nullable EntryProgress>> reader,
      boolean groups) {
    this.run = run;
    this.reader = reader;
    this.groups = groups;
  }

  /** Reads what a mend is to do. */
  public static JournalSource ofMend(RunControl run, Journal journal) {
    return new JournalSource(
        run,
        chunk -> {
          Map<Integer, EntryProgress> plans = new HashMap<>();
          journal
              .entries()
              .planned(run.id(), chunk.getFirst().position(), chunk.getLast().position())
              .forEach(planned -> plans.put(planned.position(), planned));
          return candidate -> plans.get(candidate.position());
        },
        true);
  }

  /**
   * Reads what another run wrote, for its undo.
   *
   * @param ofRun the run that is taken back
   */
  public static JournalSource ofUndo(RunControl run, Journal journal, long ofRun) {
    return new JournalSource(
        run,
        chunk -> {
          Map<String, EntryProgress> images = new HashMap<>();
          journal
              .entries()
              .kept(ofRun, chunk.stream().map(Candidate::id).toList())
              .forEach(
                  kept -> {
                    // What was announced, and nobody knows whether it was written, a marker tells
                    // of an upgrade; an undo leaves none, nor does a deletion, so of these nothing
                    // is
                    // taken back before they were resumed.
                    boolean isTold = kept.upgradedAt() != null && !kept.isOfWholeRow();
                    if (isTold || kept.state() != EntryState.COMMITTING) {
                      images.put(kept.id(), kept);
                    }
                  });
          return candidate -> images.get(candidate.id());
        },
        false);
  }

  @Override
  public void feed(OpenEntries entries) throws InterruptedException {
    List<Candidate> chunk = entries.next(READ_CHUNK);
    while (!chunk.isEmpty() && !run.isStopping()) {
      run.gate().await();
      Function<Candidate, @Nullable EntryProgress> kept = reader.apply(chunk);
      for (Candidate candidate : chunk) {
        candidate.takeBack(kept.apply(candidate), run.clock().millis());
        handOver(candidate);
      }
      chunk = entries.next(READ_CHUNK);
    }
    handOverGroup();
  }

  /** Duplicates that are merged come one after the other, and wait for the last of them. */
  private void handOver(Candidate candidate) throws InterruptedException {
    String keeper = groups ? keeperOf(candidate) : null;
    if (keeper == null || !keeper.equals(groupKeeper)) {
      handOverGroup();
    }
    if (keeper == null) {
      ready.put(candidate);
    } else {
      groupKeeper = keeper;
      group.add(candidate);
    }
  }

  private void handOverGroup() throws InterruptedException {
    List<Candidate> whole = List.copyOf(group);
    group.clear();
    groupKeeper = null;
    for (Candidate candidate : whole) {
      candidate.belongTo(whole);
    }
    for (Candidate candidate : whole) {
      ready.put(candidate);
    }
  }

  private static @Nullable String keeperOf(Candidate candidate) {
    EntryProgress kept = candidate.kept();
    return kept != null
            && kept.plan() != null
            && MendPlan.ofJson(kept.plan()) instanceof MendPlan.Merge merge
        ? merge.keeper()
        : null;
  }

  @Override
  public @Nullable Candidate poll(long millis) throws InterruptedException {
    return ready.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void again(Candidate candidate, MemoryEntry current) {
    throw new IllegalStateException("Nothing was enriched from a text, so nothing goes stale.");
  }

  @Override
  public void concurrency(int places) {
    // One reader is enough.
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public void stop() {
    // The feeding thread is interrupted by the run.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
