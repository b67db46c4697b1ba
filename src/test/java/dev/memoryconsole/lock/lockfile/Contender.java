package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockCompromisedException;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.LockPurpose.Kind;
import dev.memoryconsole.lock.StoreLock;
import dev.memoryconsole.lock.StoreLock.Held;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.redis.RedisAccess;
import dev.memoryconsole.lock.redis.RedisLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The twin of {@code contender.mjs} in a JVM of its own: takes the lock and counts in a file under
 * it.
 */
final class Contender {
  private static final LockPurpose PURPOSE = LockPurpose.of(Kind.OTHER);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StoreLock lock;
  private final Path counter;
  private @Nullable Held held;

  private Contender(StoreLock lock, Path counter) {
    this.lock = lock;
    this.counter = counter;
  }

  /**
   * Arguments: the lock's target, the counter's file, stale and refresh in milliseconds. For the
   * lock in Redis: its address, the counter's file, the lease in milliseconds, the resource.
   */
  public static void main(String[] arguments) throws Exception {
    try (StoreLock lock =
        arguments[0].startsWith("redis") ? redis(arguments) : lockfile(arguments)) {
      new Contender(lock, Path.of(arguments[1])).serve();
    }
  }

  private static StoreLock lockfile(String[] arguments) {
    LockfileTiming timing =
        new LockfileTiming(
            Duration.ofMillis(Long.parseLong(arguments[2])),
            Duration.ofMillis(Long.parseLong(arguments[3])));
    return new ProperLockfile(Path.of(arguments[0]), new LockMetrics(), Clock.systemUTC(), timing);
  }

  private static StoreLock redis(String[] arguments) {
    Duration ttl = Duration.ofMillis(Long.parseLong(arguments[2]));
    return new RedisLock(
        RedisAccess.of(arguments[0], "", ttl), arguments[3], new LockMetrics(), Clock.systemUTC());
  }

  private void serve() throws IOException, InterruptedException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "run" -> run(Long.parseLong(words[1]));
        case "hold" -> {
          held = lock.acquire(PURPOSE, PATIENCE);
          System.out.println("held");
        }
        case "commit" -> System.out.println(commit() ? "committed" : "compromised");
        default -> throw new IOException("unknown: " + line);
      }
    }
  }

  private void run(long millis) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    int counted = 0;
    while (System.nanoTime() < end) {
      held = lock.acquire(PURPOSE, PATIENCE);
      long entered = System.nanoTime();
      int value = Integer.parseInt(Files.readString(counter));
      rest(4_000_000);
      try (Held mine = held) {
        mine.checkNotCompromised();
        Files.writeString(counter, String.valueOf(value + 1));
        counted++;
        System.out.println("inside " + entered + " " + System.nanoTime());
      } catch (LockCompromisedException noticed) {
        // Given up in time, as a batch would be.
        System.out.println("given up");
      }
      rest(10_000_000);
    }
    System.out.println("counted " + counted);
  }

  private static void rest(long atMostNanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(atMostNanos));
  }

  private boolean commit() throws IOException {
    Held mine = held;
    if (mine == null) {
      throw new IOException("not held");
    }
    try (mine) {
      mine.checkNotCompromised();
      Files.writeString(counter, String.valueOf(Integer.parseInt(Files.readString(counter)) + 1));
      return true;
    } catch (LockCompromisedException noticed) {
      return false;
    }
  }
}
