package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.LockPurpose.Kind;
import dev.memoryconsole.lock.record.LockMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A lock in a folder of its own. */
abstract class LockfileTestBase {
  static final LockPurpose PURPOSE = LockPurpose.of(Kind.OTHER);
  static final Duration PATIENT = Duration.ofSeconds(30);
  static final LockfileTiming QUICK =
      new LockfileTiming(Duration.ofSeconds(2), Duration.ofMillis(200));

  @TempDir Path folder;
  Path target;
  Path artifact;
  LockMetrics metrics;
  final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void makeFolder() {
    target = folder.resolve(".memory-write.lock");
    artifact = folder.resolve(".memory-write.lock.lock");
    metrics = new LockMetrics();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  ProperLockfile lock(LockfileTiming timing) {
    ProperLockfile lock = new ProperLockfile(target, metrics, Clock.systemUTC(), timing);
    opened.add(lock);
    return lock;
  }

  ProperLockfile lock() {
    return lock(LockfileTiming.DEFAULT);
  }
}
