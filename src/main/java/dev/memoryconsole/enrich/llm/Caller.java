package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.enrich.llm.answer.Reply;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.Excerpt;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.enrich.llm.limits.Circuit;
import dev.memoryconsole.enrich.llm.limits.Deadline;
import dev.memoryconsole.enrich.llm.limits.Meter;
import dev.memoryconsole.enrich.llm.limits.Persistence;
import dev.memoryconsole.enrich.llm.limits.RateGate;
import dev.memoryconsole.enrich.llm.prompt.Question;
import dev.memoryconsole.enrich.llm.prompt.TokenCounter;
import dev.memoryconsole.enrich.llm.prompt.Tokens;
import dev.memoryconsole.settings.ModelLimits;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Asks the model politely: within the rates, the budget and the time, again where that helps.
 * Thread-safe.
 */
final class Caller {
  private final ModelClient client;
  private final ModelLimits limits;
  private final Persistence persistence;
  private final Circuit circuit;
  private final Meter meter;
  private final Allowance allowance;
  private final RateGate rates;
  private final IntervalFunction waits;

  Caller(
      ModelClient client,
      ModelLimits limits,
      Persistence persistence,
      Circuit circuit,
      Meter meter,
      Allowance allowance) {
    this.client = client;
    this.limits = limits;
    this.persistence = persistence;
    this.circuit = circuit;
    this.meter = meter;
    this.allowance = allowance;
    this.rates = new RateGate(limits.requestsPerMinute(), limits.tokensPerMinute());
    this.waits =
        IntervalFunction.ofExponentialRandomBackoff(
            persistence.firstWait(), 2, 0.5, persistence.longestWait());
  }

  /**
   * Asks, and asks again where that helps.
   *
   * @param tokens what the question and its answer will need, about
   * @throws CallException if there is no answer; the sentence says after how many attempts
   * @throws ModelUnavailableException if the endpoint went down meanwhile, or the budget is used up
   */
  Reply ask(Question question, Tokens tokens, Deadline deadline)
      throws ModelUnavailableException, InterruptedException {
    Attempts attempts = new Attempts();
    Retry retry =
        Retry.of(
            "model",
            RetryConfig.<Reply>custom()
                .maxAttempts(persistence.attempts())
                .retryOnException(e -> isWorthAnother(e, deadline))
                .intervalBiFunction(
                    (attempt, outcome) -> wait(attempt, outcome.getLeft()).toMillis())
                .build());
    try {
      Callable<Reply> call = () -> once(question, tokens, deadline, attempts);
      return retry.executeCallable(call);
    } catch (CallException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw attempts.made <= 1
          ? e
          : e.saying(e.message().then(ModelCode.AFTER_ATTEMPTS.with(attempts.made)));
    } catch (ModelUnavailableException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("A call throws nothing else.", e);
    }
  }

  private boolean isWorthAnother(Throwable problem, Deadline deadline) {
    return problem instanceof CallException failure
        && failure.kind().isRetryable()
        && askedFor(failure).compareTo(persistence.longestRetryAfter()) <= 0
        && askedFor(failure).compareTo(deadline.left()) < 0
        && !Thread.currentThread().isInterrupted();
  }

  private static Duration askedFor(CallException failure) {
    Duration retryAfter = failure.retryAfter();
    return retryAfter == null ? Duration.ZERO : retryAfter;
  }

  private Duration wait(int attempt, Throwable problem) {
    Duration jittered = Duration.ofMillis(waits.apply(attempt));
    // Never before the endpoint wants it, and not all at the same instant.
    return problem instanceof CallException failure && failure.retryAfter() != null
        ? askedFor(failure).plus(jittered.dividedBy(4))
        : jittered;
  }

  private Reply once(Question question, Tokens tokens, Deadline deadline, Attempts attempts)
      throws ModelUnavailableException, InterruptedException {
    circuit.check();
    try (Meter.Reservation reservation = meter.reserve(tokens.input(), tokens.output())) {
      deadline.extend(rates.await(tokens.input() + tokens.output()));
      Duration turn = allowance.turn(tokens.input() + tokens.output());
      Thread.sleep(turn);
      deadline.extend(turn);
      Duration left = deadline.left();
      if (left.isNegative() || left.isZero()) {
        throw outOfTime(deadline);
      }
      boolean last = left.compareTo(limits.call()) < 0;
      Reply reply;
      ModelCall flight = ModelCall.begun();
      try {
        reply =
            client.ask(question, last ? left : limits.call(), () -> meter.called(attempts.next()));
        flight.answered(client.model(), reply);
      } catch (CallException e) {
        flight.failed(client.model(), e.kind());
        throw last && e.kind() == FailureKind.TIMED_OUT ? outOfTime(deadline) : e;
      }
      reservation.used(
          reply.inputTokens() == null ? tokens.input() : reply.inputTokens(),
          reply.outputTokens() == null ? TokenCounter.count(reply.text()) : reply.outputTokens());
      return whole(reply);
    }
  }

  private static CallException outOfTime(Deadline deadline) {
    return new CallException(
        FailureKind.ENTRY_TIMED_OUT, ModelCode.OUT_OF_TIME.with(deadline.whole()));
  }

  /** The reply if it is whole: what was cut off may hold nothing but drafts. */
  private Reply whole(Reply reply) {
    return switch (reply.end()) {
      case DONE -> reply;
      case LENGTH -> throw cutOff(reply, limits);
      case FILTER -> throw new CallException(FailureKind.FILTERED, ModelCode.HELD_BACK.with());
    };
  }

  /** The model had more to write than it may. */
  static CallException cutOff(Reply reply, ModelLimits limits) {
    String seen = reply.text().isBlank() ? reply.trace() : reply.text();
    return new CallException(
        FailureKind.CUT_OFF,
        ModelCode.CUT_OFF
            .with(Excerpt.of(seen))
            .then(
                limits.answerTokens() > 0
                    ? ModelCode.RAISE_ANSWER_LIMIT.with(limits.answerTokens())
                    : ModelCode.SET_ANSWER_LIMIT.with()));
  }

  /** Counts the attempts at one question; confined to one thread. */
  private static final class Attempts {
    private int made;

    /** Counts one more, and says whether it repeats another. */
    boolean next() {
      made++;
      return made > 1;
    }
  }
}
