package dev.memoryconsole.journal;

/**
 * The durable record of runs and of the history of locks, shared by all processes of a workspace.
 *
 * <p>Safe for use by many threads. Looking at a long run never holds up a commit, and changes
 * nothing: that a run's process is gone is worked out when it is read. Every method may throw a
 * {@link JournalException} whose message is one sentence for the admin.
 */
public interface Journal extends AutoCloseable {
  /** The runs. */
  RunJournal runs();

  /** The entries of runs. */
  EntryJournal entries();

  /** What is kept of deleted memories. */
  ErasureJournal erasure();

  /** The history of locks. */
  LockJournal locks();

  /** Keeps no lock's history any more, and closes what nobody else in this process uses. */
  @Override
  void close();
}
