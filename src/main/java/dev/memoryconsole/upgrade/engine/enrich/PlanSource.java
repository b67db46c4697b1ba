package dev.memoryconsole.upgrade.engine.enrich;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.CandidateSource;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads from the journal what a mend is to do with its entries. */
public final class PlanSource implements CandidateSource {
  private static final int READ_CHUNK = 100;

  private final RunControl run;
  private final Journal journal;
  private final BlockingQueue<Candidate> ready = new ArrayBlockingQueue<>(READ_CHUNK);

  /** Reads for a mend. */
  public PlanSource(RunControl run, Journal journal) {
    this.run = run;
    this.journal = journal;
  }

  @Override
  public void feed(List<Candidate> candidates) throws InterruptedException {
    for (int from = 0; from < candidates.size() && !run.isStopping(); from += READ_CHUNK) {
      List<Candidate> chunk =
          candidates.subList(from, Math.min(from + READ_CHUNK, candidates.size()));
      run.gate().await();
      Map<Integer, EntryProgress> plans = new HashMap<>();
      journal
          .entries()
          .planned(run.id(), chunk.getFirst().position(), chunk.getLast().position())
          .forEach(planned -> plans.put(planned.position(), planned));
      for (Candidate candidate : chunk) {
        candidate.takeBack(plans.get(candidate.position()), run.clock().millis());
        ready.put(candidate);
      }
    }
  }

  @Override
  public @Nullable Candidate poll(long millis) throws InterruptedException {
    return ready.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void again(Candidate candidate, MemoryEntry current) {
    throw new IllegalStateException("A mend depends on no enrichment, so nothing goes stale.");
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
