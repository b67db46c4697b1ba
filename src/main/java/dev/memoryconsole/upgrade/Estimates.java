package dev.memoryconsole.upgrade;

import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.ModelSettings;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run will need of a model. Nothing is sent. */
public final class Estimates {
  /**
   * A plan that was looked at entry by entry, and what it needs.
   *
   * @param estimate null if no model was asked about, or nobody waited for it
   */
  public record Measured(PlannedRun plan, @Nullable Estimate estimate) {}

  private Estimates() {}

  /**
   * Looks at the entries of a plan and counts what a model will need for them: for no others, and
   * for none whose answer is kept already.
   *
   * @param model null for none: then only the entries are counted
   * @param enough whether nobody waits for the estimate any more; asked after each entry
   * @param soFar told after each entry how many were read
   */
  public static Measured of(
      Upgrades upgrades,
      PlannedRun plan,
      @Nullable ModelSettings model,
      PriceTable prices,
      BooleanSupplier enough,
      LongConsumer soFar) {
    if (model == null) {
      PlanReader telling =
          (read, sent) -> {
            soFar.accept(read);
            return true;
          };
      return new Measured(plan.exact() ? plan : upgrades.check(plan, telling), null);
    }
    Meter meter = new Meter(model, prices, enough, soFar, plan.exact());
    PlannedRun checked = upgrades.check(plan, meter);
    return new Measured(checked, meter.sum);
  }

  private static final class Meter implements PlanReader {
    private final ModelSettings model;
    private final PriceTable prices;
    private final BooleanSupplier enough;
    private final LongConsumer soFar;
    private final boolean mayStop;
    private @Nullable Estimate sum = Estimate.NONE;

    Meter(
        ModelSettings model,
        PriceTable prices,
        BooleanSupplier enough,
        LongConsumer soFar,
        boolean mayStop) {
      this.model = model;
      this.prices = prices;
      this.enough = enough;
      this.soFar = soFar;
      this.mayStop = mayStop;
    }

    @Override
    public boolean next(long read, @Nullable MemoryEntry sent) {
      soFar.accept(read);
      Estimate before = sum;
      if (before == null || enough.getAsBoolean()) {
        // Which entries it is about has to be known all the same.
        sum = null;
        return !mayStop;
      }
      if (sent != null) {
        sum = before.plus(Models.estimate(Stream.of(sent.text()), model, prices));
      }
      return true;
    }
  }
}
