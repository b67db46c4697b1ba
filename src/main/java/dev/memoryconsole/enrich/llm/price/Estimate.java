package dev.memoryconsole.enrich.llm.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a run will need if every call succeeds at once.
 *
 * @param calls questions to the model
 * @param inputTokens of them
 * @param outputTokens of the answers, without what a reasoning model thinks before it answers
 * @param cost in US dollars; null if the model's price is not known
 */
public record Estimate(long calls, long inputTokens, long outputTokens, @Nullable BigDecimal cost) {
  /** What no texts need. */
  public static final Estimate NONE = new Estimate(0, 0, 0, BigDecimal.ZERO);

  /** The sum of both; its cost is unknown where either cost is. */
  public Estimate plus(Estimate other) {
    BigDecimal theirs = other.cost;
    return new Estimate(
        calls + other.calls,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cost == null || theirs == null ? null : cost.add(theirs));
  }
}
