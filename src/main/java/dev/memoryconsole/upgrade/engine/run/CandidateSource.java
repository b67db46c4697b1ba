package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.memory.MemoryEntry;
import org.jspecify.annotations.Nullable;

/** Makes a run's entries ready to be committed, with no lock held. Thread-safe. */
public interface CandidateSource extends AutoCloseable {
  /**
   * Starts work on all of them; returns when nothing is left to start, for some sources not before
   * the run ends and interrupts it.
   */
  void feed(OpenEntries entries) throws InterruptedException;

  /** The next entry that can be committed; null if none came within that time. */
  @Nullable Candidate poll(long millis) throws InterruptedException;

  /** Makes an entry ready anew, because its row has changed; does not wait. */
  void again(Candidate candidate, MemoryEntry current);

  /** How many entries are worked on at once from now on. */
  void concurrency(int places);

  /** How many entries are worked on at once. */
  int concurrency();

  /** Interrupts what is under way; does not wait. */
  void stop();

  /** Interrupts what is under way and waits for its end. */
  @Override
  void close();
}
