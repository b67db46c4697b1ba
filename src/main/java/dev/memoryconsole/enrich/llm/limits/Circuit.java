package dev.memoryconsole.enrich.llm.limits;

import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.EndpointCode;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns entries away while the endpoint is down. Counts entries, not calls: several that failed one
 * after the other open it, a failure that concerns every entry opens it at once. After a pause one
 * entry is let through as the probe; the others wait for how it ends. After many probes in vain it
 * stays open until the admin says otherwise. Thread-safe.
 */
public final class Circuit {
  private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);
  private static final long PROBE_POLL_MILLIS = 25;
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private final Persistence persistence;
  private final CircuitBreaker breaker;
  private final IntervalFunction pauses;
  private final AtomicInteger outages = new AtomicInteger();
  private volatile Message reason = EndpointCode.DOWN.with();
  private volatile long probeAt;
  private final AtomicLong notBefore = new AtomicLong(System.nanoTime());
  private final Suspicion suspicion;

  /** Makes one that lets everything through until entries fail. */
  public Circuit(Persistence persistence) {
    this.persistence = persistence;
    this.suspicion = new Suspicion(persistence.failuresInARow());
    this.pauses =
        IntervalFunction.ofExponentialBackoff(
            persistence.firstPause(), 2, persistence.longestPause());
    this.breaker =
        CircuitBreaker.of(
            "model",
            CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(persistence.failuresInARow())
                .minimumNumberOfCalls(persistence.failuresInARow())
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(this::pause)
                .build());
  }

  /** Until the next probe: longer than otherwise if the endpoint has asked for that. */
  private long pause(int attempt) {
    long asked = TimeUnit.NANOSECONDS.toMillis(notBefore.get() - System.nanoTime());
    long millis = Math.max(pauses.apply(attempt), asked);
    probeAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    return millis;
  }

  /**
   * Lets an entry through; what became of it must be told to the pass.
   *
   * @throws ModelUnavailableException if the endpoint is down
   */
  public Pass enter() throws ModelUnavailableException, InterruptedException {
    while (!breaker.tryAcquirePermission()) {
      // The probe may have ended well since permission was refused: then this one goes on.
      if (!isAvailable()) {
        throw unavailable(false);
      }
      Thread.sleep(PROBE_POLL_MILLIS);
    }
    return new Pass();
  }

  /** Before a further attempt of an entry that was let through. */
  public void check() throws ModelUnavailableException {
    if (!isAvailable()) {
      throw unavailable(true);
    }
  }

  /** Whether the endpoint counts as there, or is being probed. */
  public boolean isAvailable() {
    State state = breaker.getState();
    return state == State.CLOSED || state == State.HALF_OPEN;
  }

  /** How long until the next probe: zero if one may go now, empty if only the admin can help. */
  public Optional<Duration> untilNextProbe() {
    return switch (breaker.getState()) {
      case FORCED_OPEN -> Optional.empty();
      case OPEN -> Optional.of(Duration.ofNanos(Math.max(0, probeAt - System.nanoTime())));
      case CLOSED, HALF_OPEN, DISABLED, METRICS_ONLY -> Optional.of(Duration.ZERO);
    };
  }

  /** Lets the next entry through as a probe, because the admin says that it should work now. */
  public void tryAgain() {
    if (!isAvailable()) {
      suspicion.onTrial();
      outages.set(0);
      notBefore.set(System.nanoTime());
      breaker.transitionToHalfOpenState();
    }
  }

  /** What an entry is turned away with. */
  public ModelUnavailableException unavailable(boolean asked) {
    return new ModelUnavailableException(reason, untilNextProbe().orElse(null), asked);
  }

  /** One entry that was let through. */
  public final class Pass implements AutoCloseable {
    private boolean told;

    private Pass() {}

    /** The endpoint answered, whatever the answer was worth. */
    public void succeeded() {
      told = true;
      suspicion.right();
      outages.set(0);
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /**
     * The entry failed for good.
     *
     * @return whether the endpoint counts as down now, so that the entry is not to blame
     */
    public boolean failed(CallException failure) {
      told = true;
      Duration retryAfter = failure.retryAfter();
      boolean wasOpen = !isAvailable();
      if (isAnswered(failure.kind())) {
        if (wasOpen) {
          // Of a fault that hits every entry, this one is no more to blame than the others.
          return true;
        }
        if (suspicion.wrong(failure.kind().reach() == FailureKind.Reach.QUESTION)) {
          reason = failure.message().then(EndpointCode.NO_FAULT_OF_THE_MEMORIES.with());
          breaker.transitionToForcedOpenState();
          LOG.warn("The model is not available: {}", failure.getMessage());
          return true;
        }
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        return false;
      }
      if (retryAfter != null) {
        long until = System.nanoTime() + bounded(retryAfter).toNanos();
        notBefore.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
      }
      boolean isProbe = breaker.getState() == State.HALF_OPEN;
      boolean isFruitless = !isProbe && suspicion.unanswered();
      breaker.onError(0, TimeUnit.NANOSECONDS, failure);
      if (failure.kind().reach() == FailureKind.Reach.ADMIN) {
        breaker.transitionToForcedOpenState();
      } else if ((isFruitless || failure.kind().reach() == FailureKind.Reach.EVERYTHING)
          && isAvailable()) {
        breaker.transitionToOpenState();
      } else if (retryAfter != null && isAvailable()) {
        openFor(bounded(retryAfter));
      }
      boolean open = !isAvailable();
      if (open && !wasOpen) {
        reason = failure.message();
        suspicion.away();
        giveUpAfterMany(failure);
        LOG.warn("The model is not available: {}", Wording.ENGLISH.of(reason));
      }
      return open;
    }

    /** An endpoint that is away for that long does not come back by being asked. */
    private void giveUpAfterMany(CallException failure) {
      if (outages.incrementAndGet() > persistence.mostProbes()
          && breaker.getState() != State.FORCED_OPEN) {
        reason = failure.message().then(EndpointCode.TRIED_IN_VAIN.with(persistence.mostProbes()));
        breaker.transitionToForcedOpenState();
      }
    }

    /** Whether the endpoint is there, so that no waiting makes it better. */
    private static boolean isAnswered(FailureKind kind) {
      return kind.reach() == FailureKind.Reach.MEMORY || kind.reach() == FailureKind.Reach.QUESTION;
    }

    private void openFor(Duration wait) {
      probeAt = System.nanoTime() + wait.toNanos();
      breaker.transitionToOpenStateFor(wait);
    }

    private static Duration bounded(Duration wait) {
      return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
    }

    /** Gives the permission back if nothing was told: the entry was cancelled. */
    @Override
    public void close() {
      if (!told) {
        breaker.releasePermission();
      }
    }
  }
}
