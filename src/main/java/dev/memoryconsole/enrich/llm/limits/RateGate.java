package dev.memoryconsole.enrich.llm.limits;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds calls back so that requests and tokens per minute stay within what the admin allows, spread
 * evenly over the minute. Thread-safe.
 */
public final class RateGate {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int STEPS = 60;

  private final @Nullable RateLimiter requests;
  private final @Nullable RateLimiter tokens;

  /** Zero is no limit. */
  public RateGate(int requestsPerMinute, int tokensPerMinute) {
    this.requests = requestsPerMinute == 0 ? null : limiter("requests", requestsPerMinute, 1);
    this.tokens =
        tokensPerMinute == 0
            ? null
            : limiter("tokens", tokensPerMinute, Math.max(1, tokensPerMinute / STEPS));
  }

  private static RateLimiter limiter(String name, int perMinute, int atOnce) {
    return RateLimiter.of(
        name,
        RateLimiterConfig.custom()
            .limitForPeriod(atOnce)
            .limitRefreshPeriod(MINUTE.multipliedBy(atOnce).dividedBy(perMinute))
            .timeoutDuration(Duration.ofDays(1))
            .build());
  }

  /**
   * Waits for the turn of a call of about that many tokens.
   *
   * @return how long it waited
   */
  public Duration await(int callTokens) throws InterruptedException {
    Duration wait = reserve(requests, 1);
    Duration forTokens = reserve(tokens, Math.max(1, callTokens));
    Duration longer = wait.compareTo(forTokens) > 0 ? wait : forTokens;
    Thread.sleep(longer);
    return longer;
  }

  private static Duration reserve(@Nullable RateLimiter limiter, int permits) {
    if (limiter == null) {
      return Duration.ZERO;
    }
    long nanos = limiter.reservePermission(permits);
    // Negative: the queue is longer than a day; nothing sensible waits for that.
    return nanos < 0 ? Duration.ofDays(1) : Duration.ofNanos(nanos);
  }
}
