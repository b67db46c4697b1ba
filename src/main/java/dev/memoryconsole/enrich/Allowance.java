package dev.memoryconsole.enrich;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What an enricher may use of a model where others use the same model for the same run.
 * Thread-safe; asking may take as long as an answer from a database.
 */
public interface Allowance {
  /** What nobody else has a part in: as much as the enricher's own settings say. */
  Allowance UNSHARED =
      new Allowance() {
        @Override
        public boolean isBounded() {
          return false;
        }

        @Override
        public BigDecimal spend(BigDecimal wanted) {
          return wanted;
        }

        @Override
        public BigDecimal budget() {
          return BigDecimal.ZERO;
        }

        @Override
        public Duration turn(int tokens) {
          return Duration.ZERO;
        }
      };

  /** Whether what all of them spend is bounded; then the price has to be known. */
  boolean isBounded();

  /**
   * Asks for money.
   *
   * @param wanted how much this enricher would have spent in all, in US dollars
   * @return how much it may spend in all: less than was asked for if no more is left
   */
  BigDecimal spend(BigDecimal wanted);

  /** What all of them may spend, in US dollars; zero if that is not bounded. */
  BigDecimal budget();

  /**
   * Takes the turn of a call.
   *
   * @param tokens of about so many tokens
   * @return how long to wait before it is made
   */
  Duration turn(int tokens);
}
