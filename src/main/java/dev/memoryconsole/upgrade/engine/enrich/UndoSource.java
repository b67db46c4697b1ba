package dev.memoryconsole.upgrade.engine.enrich;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
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

/** Reads from the journal what another run wrote, for its undo. */
public final class UndoSource implements CandidateSource {
  private static final int READ_CHUNK = 100;

  private final RunControl run;
  private final Journal journal;
  private final long ofRun;
  private final BlockingQueue<Candidate> ready = new ArrayBlockingQueue<>(READ_CHUNK);

  /**
   * Reads for an undo.
   *
   * @param ofRun the run that is taken back
   */
  public UndoSource(RunControl run, Journal journal, long ofRun) {
    this.journal = journal;
    this.run = run;
    this.ofRun = ofRun;
  }

  @Override
  public void feed(List<Candidate> candidates) throws InterruptedException {
    for (int from = 0; from < candidates.size() && !run.isStopping(); from += READ_CHUNK) {
      List<Candidate> chunk =
          candidates.subList(from, Math.min(from + READ_CHUNK, candidates.size()));
      run.gate().await();
      Map<String, EntryProgress> images = new HashMap<>();
      journal
          .entries()
          .kept(ofRun, chunk.stream().map(Candidate::id).toList())
          .forEach(
              kept -> {
                // What was announced, and nobody knows whether it was written, a marker tells of an
                // upgrade; an undo leaves none, so of it nothing is taken back before it was
                // resumed.
                if (kept.upgradedAt() != null || kept.state() != EntryState.COMMITTING) {
                  images.put(kept.id(), kept);
                }
              });
      for (Candidate candidate : chunk) {
        candidate.takeBack(images.get(candidate.id()), run.clock().millis());
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
    throw new IllegalStateException("An undo depends on no text, so nothing goes stale.");
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
