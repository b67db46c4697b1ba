package dev.memoryconsole.journal;

/**
 * A run of this process was taken over by another one, which took this one for dead; nothing of
 * what was to be written was.
 */
public final class RunTakenOverException extends JournalException {
  /** Names the run that was taken over. */
  public RunTakenOverException(long run) {
    super(JournalCode.RUN_TAKEN_OVER.with(run));
  }
}
