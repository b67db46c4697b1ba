package dev.memoryconsole.ui.common.task;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the window's slow work: a bounded pool for each {@link Lane}, first come first
 * served. Thread-safe.
 */
public final class Background implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final Map<Lane, ThreadPoolExecutor> pools = new EnumMap<>(Lane.class);

  /** Starts no thread yet. */
  public Background() {
    for (Lane lane : Lane.values()) {
      String name = "window-" + lane.name().toLowerCase(Locale.ROOT) + "-";
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              lane.threads(),
              lane.threads(),
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              Thread.ofPlatform().daemon().name(name, 0).factory());
      pool.allowCoreThreadTimeOut(true);
      pools.put(lane, pool);
    }
  }

  /** Does this when its turn comes. */
  public void execute(Lane lane, Runnable work) {
    pool(lane).execute(work);
  }

  /** Takes out of the queue what has not begun. */
  void forget(Lane lane, Runnable work) {
    pool(lane).remove(work);
  }

  /** The most threads that this lane ever had. */
  int mostThreads(Lane lane) {
    return pool(lane).getLargestPoolSize();
  }

  private ThreadPoolExecutor pool(Lane lane) {
    return Objects.requireNonNull(pools.get(lane));
  }

  /** Takes no more work and waits until everything is done. */
  @Override
  public void close() {
    pools.values().forEach(ExecutorService::shutdown);
    pools.values().forEach(ExecutorService::close);
  }
}
