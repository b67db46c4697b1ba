package dev.memoryconsole.lab;

import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.MemoryStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A plugin at work: writes one row at each beat, and knows how often each row's counter must have
 * risen. Its figures may be asked for when it has ended.
 */
final class PluginWriter {
  private static final long SEED = 11;
  private static final long HIGHEST_NANOS = 3_600_000_000_000L;
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1_000_000.0;

  private final LabStores.Plugin plugin;
  private final List<String> ids;
  private final long beatNanos;
  private final Random random = new Random(SEED);
  private final Histogram waits = new Histogram(HIGHEST_NANOS, DIGITS);
  private final Map<String, Long> acknowledged = new HashMap<>();
  private final Thread thread;
  private long writes;
  private long failed;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  PluginWriter(LabStores.Plugin plugin, List<String> ids, int everyMillis) {
    this.plugin = plugin;
    this.ids = ids;
    this.beatNanos = Math.round(everyMillis * NANOS_PER_MILLI);
    this.thread = Thread.ofPlatform().name("lab-plugin").daemon().unstarted(this::write);
  }

  void start() {
    if (beatNanos > 0) {
      thread.start();
    }
  }

  private void write() {
    try {
      long beat = System.nanoTime();
      while (!stopped) {
        String id = ids.get(random.nextInt(ids.size()));
        LabStores.Plugin.Write write = plugin.increment(id);
        waits.recordValue(Math.clamp(write.waitNanos(), 0, HIGHEST_NANOS));
        if (write.acknowledged()) {
          writes++;
          acknowledged.merge(id, 1L, Long::sum);
        } else {
          failed++;
        }
        beat = Math.max(beat + beatNanos, System.nanoTime());
        for (long left = beat - System.nanoTime();
            left > 0 && !stopped;
            left = beat - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Stops after the write under way, which may wait for as long as its patience lasts. */
  void end() throws InterruptedException {
    stop();
    thread.join();
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
  }

  /** Stops without waiting. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the end whatever happens, so that the connection can be closed. */
  void stopAndWait() {
    stop();
    Uninterrupted.await(thread::join);
  }

  LockSummary.Quantiles waits() {
    return waits.getTotalCount() == 0
        ? LockSummary.Quantiles.ZERO
        : new LockSummary.Quantiles(
            waits.getValueAtPercentile(50) / NANOS_PER_MILLI,
            waits.getValueAtPercentile(99) / NANOS_PER_MILLI,
            waits.getMaxValue() / NANOS_PER_MILLI);
  }

  long writes() {
    return writes;
  }

  long failed() {
    return failed;
  }

  /** How many acknowledged writes are not in the store. */
  long lost(MemoryStore store) {
    Map<String, Long> left = new HashMap<>(acknowledged);
    for (MemoryEntry row : store.find(acknowledged.keySet())) {
      long counted =
          MetadataJson.objectOrEmpty(row.metadata()).path(LabStores.Plugin.COUNTER).asLong();
      left.merge(row.id(), counted, (expected, found) -> Math.max(0, expected - found));
    }
    return left.values().stream().mapToLong(Long::longValue).sum();
  }
}
