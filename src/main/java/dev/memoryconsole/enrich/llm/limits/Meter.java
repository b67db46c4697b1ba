package dev.memoryconsole.enrich.llm.limits;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.enrich.BudgetExceededException;
import dev.memoryconsole.enrich.EnrichCode;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.settings.Price;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a run uses and keeps it within its budget. A call's cost is reserved before it is
 * made, from the estimate corrected by how the calls so far turned out, so that the budget holds up
 * to the error in the estimate of the calls in flight. Thread-safe.
 */
public final class Meter {
  private final @Nullable Price price;
  private final @Nullable BigDecimal budget;
  private final Allowance allowance;
  private long calls;
  private long retries;
  private long inputTokens;
  private long outputTokens;
  private BigDecimal granted = BigDecimal.ZERO;
  private BigDecimal reserved = BigDecimal.ZERO;
  private BigDecimal estimated = BigDecimal.ZERO;
  private BigDecimal actual = BigDecimal.ZERO;

  /**
   * Makes a meter that has counted nothing yet.
   *
   * @param price null if not known; there can be no budget then
   */
  public Meter(@Nullable Price price, @Nullable BigDecimal budget) {
    this(price, budget, Allowance.UNSHARED);
  }

  /**
   * Makes a meter that has counted nothing yet, of a run that others work on too.
   *
   * @param price null if not known; nothing can be bounded then
   * @param allowance what they may spend together
   */
  public Meter(@Nullable Price price, @Nullable BigDecimal budget, Allowance allowance) {
    this.price = price;
    this.budget = budget;
    this.allowance = allowance;
  }

  /** A request goes out. */
  public synchronized void called(boolean again) {
    calls++;
    if (again) {
      retries++;
    }
  }

  /**
   * Sets aside what a call may cost.
   *
   * @throws BudgetExceededException if that is more than is left
   */
  public synchronized Reservation reserve(long input, long output) throws BudgetExceededException {
    BigDecimal raw = price == null ? BigDecimal.ZERO : price.of(input, output);
    BigDecimal cost =
        estimated.signum() > 0
            ? raw.multiply(actual).divide(estimated, MathContext.DECIMAL64)
            : raw;
    if (price != null && cost.signum() > 0) {
      BigDecimal spent = price.of(inputTokens, outputTokens);
      BigDecimal wanted = spent.add(reserved).add(cost);
      if (budget != null && wanted.compareTo(budget) > 0) {
        throw new BudgetExceededException(
            EnrichCode.BUDGET_USED_UP.with(plain(budget), plain(spent)));
      }
      if (allowance.isBounded() && wanted.compareTo(granted) > 0) {
        granted = allowance.spend(wanted);
        if (wanted.compareTo(granted) > 0) {
          throw new BudgetExceededException(
              EnrichCode.SHARED_BUDGET_USED_UP.with(plain(allowance.budget())));
        }
      }
    }
    reserved = reserved.add(cost);
    return new Reservation(raw, cost);
  }

  private static String plain(BigDecimal amount) {
    BigDecimal cents = amount.setScale(2, RoundingMode.HALF_UP);
    return cents.compareTo(amount) == 0
        ? cents.toPlainString()
        : amount.stripTrailingZeros().toPlainString();
  }

  /** What was used so far. */
  public synchronized ModelUsage usage() {
    return new ModelUsage(
        calls,
        retries,
        inputTokens,
        outputTokens,
        price == null ? null : price.of(inputTokens, outputTokens));
  }

  /** What is set aside for one call. */
  public final class Reservation implements AutoCloseable {
    private final BigDecimal raw;
    private final BigDecimal cost;

    private Reservation(BigDecimal raw, BigDecimal cost) {
      this.raw = raw;
      this.cost = cost;
    }

    /** What the call really used. */
    public void used(long input, long output) {
      synchronized (Meter.this) {
        inputTokens += input;
        outputTokens += output;
        if (price != null) {
          estimated = estimated.add(raw);
          actual = actual.add(price.of(input, output));
        }
      }
    }

    /** The call is over. */
    @Override
    public void close() {
      synchronized (Meter.this) {
        reserved = reserved.subtract(cost);
      }
    }
  }
}
