package dev.memoryconsole.metrics;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.Upgrades;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one store. They are fed from the lock's record when somebody reads them, so that no
 * commit ever waits for them. Not thread-safe.
 */
final class StoreMeters {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration[] BOUNDS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final LockMetrics locks;
  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<Key, Meters> meters = new HashMap<>();
  private long next;

  private record Key(String holder, LockAcquisition.Outcome outcome) {}

  private record Meters(Counter acquisitions, Counter rows, Timer waits, Timer holds) {}

  StoreMeters(Upgrades upgrades, MeterRegistry registry) {
    this.locks = upgrades.store().lockMetrics();
    this.registry = registry;
    this.tags = Tags.of("store", upgrades.store().location().key());
    this.next = locks.end();
    gauge("memory_console_lock_waiting", "Who waits for the lock now", locks, StoreMeters::waiting);
    gauge("memory_console_lock_held", "1 while somebody holds the lock", locks, StoreMeters::held);
    gauge(
        "memory_console_lock_held_seconds",
        "For how long its holder has been holding it",
        locks,
        StoreMeters::heldSeconds);
    run(
        "memory_console_run_selected",
        "Entries of the run at work",
        upgrades,
        RunProgress::selected);
    run("memory_console_run_done", "Of these, those with an outcome", upgrades, RunProgress::done);
    run(
        "memory_console_run_model_calls",
        "Calls of the model by the run at work",
        upgrades,
        progress -> progress.usage().calls());
  }

  private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value)
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private void run(
      String name, String description, Upgrades upgrades, ToDoubleFunction<RunProgress> value) {
    gauge(
        name,
        description,
        upgrades,
        of -> of.active().map(RunHandle::progress).map(value::applyAsDouble).orElse(0.0));
  }

  private static double waiting(LockMetrics locks) {
    return locks.live().waiting().size();
  }

  private static double held(LockMetrics locks) {
    return locks.live().holder().isPresent() ? 1 : 0;
  }

  private static double heldSeconds(LockMetrics locks) {
    return locks.live().holder().map(LockLive.Present::forNanos).orElse(0L) / NANOS_PER_SECOND;
  }

  /** Takes over what was recorded since the last time. */
  void refresh() {
    next = locks.read(next, this::add);
  }

  private void add(LockAcquisition event) {
    Meters of = meters.computeIfAbsent(new Key(holder(event), event.outcome()), this::meters);
    of.acquisitions().increment();
    of.rows().increment(event.rows());
    if (!event.observed()) {
      of.waits().record(event.waitNanos(), TimeUnit.NANOSECONDS);
    }
    if (event.outcome().wasHeld()) {
      of.holds().record(event.holdNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static String holder(LockAcquisition event) {
    return switch (event.holder()) {
      case LockHolder.OurRun _, LockHolder.OurOperation _ ->
          event.purpose().kind().name().toLowerCase(Locale.ROOT);
      case LockHolder.OtherConsole _ -> "console";
      case LockHolder.Foreign _ -> "foreign";
    };
  }

  private Meters meters(Key key) {
    Tags all =
        tags.and("holder", key.holder(), "outcome", key.outcome().name().toLowerCase(Locale.ROOT));
    return new Meters(
        Counter.builder("memory_console_lock_acquisitions")
            .description("Askings for the store's write lock, by how they ended")
            .tags(all)
            .register(registry),
        Counter.builder("memory_console_lock_rows")
            .description("Rows written under the lock")
            .tags(all)
            .register(registry),
        timer("memory_console_lock_wait", "From asking for the lock to holding it", all),
        timer("memory_console_lock_hold", "From holding the lock to released", all));
  }

  private Timer timer(String name, String description, Tags all) {
    return Timer.builder(name)
        .description(description)
        .tags(all)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
