package dev.memoryconsole.settings;

import java.math.BigDecimal;

/**
 * What a model costs, in US dollars.
 *
 * @param inputPerMillion for a million input tokens, 0 or more
 * @param outputPerMillion for a million output tokens, 0 or more
 */
public record Price(BigDecimal inputPerMillion, BigDecimal outputPerMillion) {
  /** The price of a model of one's own. */
  public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

  /** Refuses what is no price. */
  public Price {
    if (inputPerMillion.signum() < 0 || outputPerMillion.signum() < 0) {
      throw new IllegalArgumentException("A price must not be negative.");
    }
  }

  /** Reads decimal numbers such as {@code 0.25}. */
  public static Price of(String inputPerMillion, String outputPerMillion) {
    return new Price(new BigDecimal(inputPerMillion), new BigDecimal(outputPerMillion));
  }

  /** What that many tokens cost, exactly. */
  public BigDecimal of(long inputTokens, long outputTokens) {
    return inputPerMillion
        .multiply(BigDecimal.valueOf(inputTokens))
        .add(outputPerMillion.multiply(BigDecimal.valueOf(outputTokens)))
        .movePointLeft(6);
  }
}
