package dev.memoryconsole.store.query;

/** How a number is compared with another. */
public enum Comparison {
  LESS("<"),
  AT_MOST("<="),
  EQUAL("="),
  AT_LEAST(">="),
  MORE(">");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /** The sign for it, in a query and in SQL. */
  public String symbol() {
    return symbol;
  }

  /** What holds where this one does not; of {@link #EQUAL} there is none, and it is itself. */
  Comparison opposite() {
    return switch (this) {
      case LESS -> AT_LEAST;
      case AT_MOST -> MORE;
      case EQUAL -> EQUAL;
      case AT_LEAST -> LESS;
      case MORE -> AT_MOST;
    };
  }

  /** Whether it holds between two numbers. */
  public boolean holds(double left, double right) {
    return switch (this) {
      case LESS -> left < right;
      case AT_MOST -> left <= right;
      case EQUAL -> left == right;
      case AT_LEAST -> left >= right;
      case MORE -> left > right;
    };
  }
}
