package dev.memoryconsole.journal;

/**
 * Somebody else is writing to the journal, and this was not to wait for it; nothing was written, it
 * can be tried again.
 */
public final class JournalBusyException extends JournalException {
  /** Says just that. */
  public JournalBusyException() {
    super(JournalCode.BUSY.with());
  }
}
