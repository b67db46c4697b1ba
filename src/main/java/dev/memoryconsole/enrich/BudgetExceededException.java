package dev.memoryconsole.enrich;

/** The next call would exceed the run's budget: it was not made, and the run ends here. */
public final class BudgetExceededException extends ModelUnavailableException {
  private static final long serialVersionUID = 1L;

  /** Creates one whose message is a sentence for the admin. */
  public BudgetExceededException(String message) {
    super(message, null, false);
  }
}
