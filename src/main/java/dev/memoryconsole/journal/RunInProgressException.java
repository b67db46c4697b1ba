package dev.memoryconsole.journal;

import dev.memoryconsole.message.Message;

/** Another run of the same store is at work; nothing was started. */
public final class RunInProgressException extends JournalException {
  /**
   * Names the run at work, and the console that works on it.
   *
   * @param console its user and machine
   */
  public RunInProgressException(long run, String console) {
    super(JournalCode.TEAM_AT_WORK.with(run, console));
  }

  /**
   * Names the run at work.
   *
   * @param doing what it does, to follow "is"
   */
  public RunInProgressException(long run, RunRecord.Owner owner, long startedAt, Message doing) {
    super(
        JournalCode.RUN_IN_PROGRESS.with(
            run,
            doing,
            owner.isSelf()
                ? JournalCode.THIS_PROGRAM.with()
                : JournalCode.ANOTHER_CONSOLE.with(owner.pid()),
            "%tT".formatted(startedAt)));
  }
}
