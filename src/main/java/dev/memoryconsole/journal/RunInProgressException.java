package dev.memoryconsole.journal;

/** Another run of the same store is at work; nothing was started. */
public final class RunInProgressException extends JournalException {
  private static final long serialVersionUID = 1L;

  /**
   * About that run.
   *
   * @param doing what it does, to follow "is"
   */
  public RunInProgressException(long run, RunRecord.Owner owner, long startedAt, String doing) {
    super(
        "Run %d of this store is %s in %s, since %tT; nothing was started, wait for it or cancel it there."
            .formatted(
                run,
                doing,
                owner.isSelf()
                    ? "this program"
                    : "another Memory Console (process " + owner.pid() + ")",
                startedAt));
  }
}
