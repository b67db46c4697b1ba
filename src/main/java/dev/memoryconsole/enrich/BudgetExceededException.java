package dev.memoryconsole.enrich;

import dev.memoryconsole.message.Message;

/** The next call would exceed the run's budget: it was not made, and the run ends here. */
public final class BudgetExceededException extends ModelUnavailableException {
  /** Creates one. */
  public BudgetExceededException(Message message) {
    super(message, null, false);
  }
}
