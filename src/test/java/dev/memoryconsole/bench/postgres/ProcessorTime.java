package dev.memoryconsole.bench.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processors' time that a piece of work takes: of this process, thread by thread on Linux, and
 * of the programs that it has started, which the server is. Unlike the time on the clock it hardly
 * depends on what else the machine has to do.
 */
final class ProcessorTime implements AutoCloseable {
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final long LOOK_MILLIS = 200;
  private static final int SHOWN = 9;

  /** What a thread is called and has taken. */
  private record Taken(String name, long nanos) {}

  private final CountDownLatch over = new CountDownLatch(1);
  // Threads that end meanwhile are remembered as they were seen last.
  private final Map<String, Taken> before = threads();
  private final Map<String, Taken> after = new HashMap<>();
  private final long ownBefore = own();
  private final Map<Long, Long> serverBefore = server();

  private ProcessorTime() {}

  /** Counts from now on. */
  static ProcessorTime fromNowOn() {
    ProcessorTime taken = new ProcessorTime();
    Thread.ofPlatform().name("bench-look").daemon().start(taken::look);
    return taken;
  }

  private void look() {
    try {
      do {
        synchronized (after) {
          after.putAll(threads());
        }
      } while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long own() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** By process. */
  private static Map<Long, Long> server() {
    return ProcessHandle.current()
        .descendants()
        .collect(
            Collectors.toMap(
                ProcessHandle::pid,
                each -> each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos(),
                (one, _) -> one));
  }

  private static Map<String, Taken> threads() {
    if (!Files.isDirectory(THREADS)) {
      return Map.of();
    }
    Map<String, Taken> threads = new HashMap<>();
    try (Stream<Path> all = Files.list(THREADS)) {
      for (Path thread : all.toList()) {
        try {
          String name = Files.readString(thread.resolve("comm")).strip().replaceAll("[0-9]+", "N");
          String times = Files.readString(thread.resolve("schedstat"));
          long nanos = Long.parseLong(times.substring(0, times.indexOf(' ')));
          threads.put(thread.getFileName().toString(), new Taken(name, nanos));
        } catch (IOException ended) {
          // Others have been seen before that.
        }
      }
    } catch (IOException e) {
      return threads;
    }
    return threads;
  }

  /** Microseconds of it for each row. */
  String perRow(int rows) {
    long own = own() - ownBefore;
    // Of those that have ended meanwhile nobody knows.
    long server =
        server().entrySet().stream()
            .mapToLong(each -> each.getValue() - serverBefore.getOrDefault(each.getKey(), 0L))
            .sum();
    close();
    Map<String, Long> byName;
    synchronized (after) {
      after.putAll(threads());
      byName =
          after.entrySet().stream()
              .collect(
                  groupingBy(
                      each -> each.getValue().name(),
                      summingLong(
                          each -> {
                            Taken then = before.get(each.getKey());
                            return each.getValue().nanos() - (then == null ? 0 : then.nanos());
                          })));
    }
    List<Map.Entry<String, Long>> most =
        byName.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(SHOWN)
            .toList();
    return String.format(
        Locale.ROOT,
        "%.0f us a row: server %.0f, this process %.0f (%s)",
        micros(own + server, rows),
        micros(server, rows),
        micros(own, rows),
        most.stream()
            .map(
                each ->
                    String.format(
                        Locale.ROOT, "%s %.0f", each.getKey(), micros(each.getValue(), rows)))
            .collect(Collectors.joining(", ")));
  }

  private static double micros(long nanos, int rows) {
    return nanos / 1e3 / rows;
  }

  @Override
  public void close() {
    over.countDown();
  }
}
