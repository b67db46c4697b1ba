package dev.memoryconsole.enrich;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a run has used of a model so far.
 *
 * @param calls requests that were sent, repeated ones included
 * @param retries those of them that repeated one
 * @param inputTokens as the endpoint counted them; as we did where it does not say
 * @param outputTokens likewise
 * @param cost in US dollars, exactly; null if the model's price is not known
 */
public record ModelUsage(
    long calls, long retries, long inputTokens, long outputTokens, @Nullable BigDecimal cost) {
  /** No usage, because there is no model. */
  public static final ModelUsage NONE = new ModelUsage(0, 0, 0, 0, BigDecimal.ZERO);

  /** The sum of both; its cost is unknown where either cost is. */
  public ModelUsage plus(ModelUsage other) {
    BigDecimal theirs = other.cost;
    return new ModelUsage(
        calls + other.calls,
        retries + other.retries,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cost == null || theirs == null ? null : cost.add(theirs));
  }
}
