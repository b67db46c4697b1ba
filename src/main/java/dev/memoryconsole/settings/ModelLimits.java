package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;

/**
 * How much of an endpoint is used at most.
 *
 * @param callMillis for one call, from connecting to the last byte
 * @param entryMillis for all calls of one memory with their retries, waiting for the rate limit not
 *     counted
 * @param concurrency memories at once
 * @param requestsPerMinute 0 for no limit
 * @param tokensPerMinute of input and output together; 0 for no limit
 * @param contextTokens the model's window, input and output together
 * @param answerTokens that the model is told to answer with at most; 0 leaves it to the endpoint
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelLimits(
    long callMillis,
    long entryMillis,
    int concurrency,
    int requestsPerMinute,
    int tokensPerMinute,
    int contextTokens,
    int answerTokens) {
  /** A minute for a call, three for a memory, eight at once, no limit on requests or tokens. */
  public static final ModelLimits DEFAULT = new ModelLimits(60_000, 180_000, 8, 0, 0, 32_000, 0);

  /** A file may hold anything: what is out of range becomes the default. */
  public ModelLimits {
    callMillis = callMillis > 0 ? callMillis : 60_000;
    entryMillis = Math.max(entryMillis > 0 ? entryMillis : 180_000, callMillis);
    concurrency = concurrency > 0 ? Math.min(concurrency, 1_000) : 8;
    requestsPerMinute = Math.max(requestsPerMinute, 0);
    tokensPerMinute = Math.max(tokensPerMinute, 0);
    contextTokens = contextTokens > 0 ? contextTokens : 32_000;
    answerTokens = Math.max(answerTokens, 0);
  }

  /** How long one call may take. */
  public Duration call() {
    return Duration.ofMillis(callMillis);
  }

  /** How long all calls about one memory may take. */
  public Duration entry() {
    return Duration.ofMillis(entryMillis);
  }

  /** Changes the times. */
  public ModelLimits withTimes(Duration call, Duration entry) {
    return new ModelLimits(
        call.toMillis(),
        entry.toMillis(),
        concurrency,
        requestsPerMinute,
        tokensPerMinute,
        contextTokens,
        answerTokens);
  }

  /** Changes the rates. */
  public ModelLimits withRates(int requests, int tokens) {
    return new ModelLimits(
        callMillis, entryMillis, concurrency, requests, tokens, contextTokens, answerTokens);
  }

  /** Changes how many memories are at work at once. */
  public ModelLimits withConcurrency(int atOnce) {
    return new ModelLimits(
        callMillis,
        entryMillis,
        atOnce,
        requestsPerMinute,
        tokensPerMinute,
        contextTokens,
        answerTokens);
  }

  /** Changes the window. */
  public ModelLimits withContextTokens(int tokens) {
    return new ModelLimits(
        callMillis,
        entryMillis,
        concurrency,
        requestsPerMinute,
        tokensPerMinute,
        tokens,
        answerTokens);
  }

  /** Changes the limit of the answer. */
  public ModelLimits withAnswerTokens(int tokens) {
    return new ModelLimits(
        callMillis,
        entryMillis,
        concurrency,
        requestsPerMinute,
        tokensPerMinute,
        contextTokens,
        tokens);
  }
}
