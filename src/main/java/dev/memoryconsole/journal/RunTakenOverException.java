package dev.memoryconsole.journal;

/**
 * A run of this process was taken over by another one, which took this one for dead; nothing of
 * what was to be written was.
 */
public final class RunTakenOverException extends JournalException {
  private static final long serialVersionUID = 1L;

  /** About that run. */
  public RunTakenOverException(long run) {
    super(
        "Run %d was taken over by another Memory Console while this one stood still; it stopped here and writes nothing more, look at it there."
            .formatted(run));
  }
}
