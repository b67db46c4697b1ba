package dev.memoryconsole.enrich.llm;

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
public record Estimate(
    long calls, long inputTokens, long outputTokens, @Nullable BigDecimal cost) {}
