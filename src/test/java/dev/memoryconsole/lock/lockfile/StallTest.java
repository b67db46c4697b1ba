package dev.memoryconsole.lock.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process of ours that stands still at the worst instants, as a laptop does that sleeps: just
 * before it gives a sign of life in the lock's directory. Meanwhile a writer on Node finds the lock
 * abandoned and takes it over. What is there then is the writer's.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Tag("node")
class StallTest {
  private static final long STALE_MILLIS = 2_000;
  private static final long UPDATE_MILLIS = 1_000;

  @TempDir Path folder;
  private Path target;
  private Path artifact;
  private Contention all;
  private Path stall;
  private Path library;

  @BeforeEach
  void build() throws Exception {
    Node.assumeThere();
    target = Files.createFile(folder.resolve("target")).toRealPath();
    artifact = Path.of(target + ".lock");
    all = new Contention(folder);
    stall = Files.createFile(folder.resolve("stall"));
    library = folder.resolve("stall.so");
    Assumptions.assumeTrue(
        Programs.compile(StallTest.class, "stall.c", library), "there is no C compiler");
  }

  @AfterEach
  void killAll() {
    all.close();
  }

  /** One of ours, which stands still just before its n-th sign of life. */
  private Peer sleeper(int sign) throws IOException {
    return all.add(
        Peer.java(
            Contender.class,
            List.of("-Xmx64m"),
            Map.of(
                "LD_PRELOAD", library.toString(),
                "STALL_AT_FILE", stall.toString(),
                "STALL_AT_SIGN", String.valueOf(sign)),
            target,
            all.counter(),
            STALE_MILLIS,
            UPDATE_MILLIS));
  }

  /** Takes over what the sleeper left, and keeps it. */
  private Peer heir() throws Exception {
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(Path.of(stall + ".reached")));
    Peer heir =
        all.add(Node.start("contender.mjs", target, all.counter(), STALE_MILLIS, UPDATE_MILLIS));
    Contention.hold(heir);
    return heir;
  }

  private void staysTheHeirs() throws Exception {
    Object key = Files.getAttribute(artifact, "unix:ino");
    Files.delete(stall);
    // Longer than the heir's next sign of life, by which it would notice a stranger's.
    await()
        .during(Duration.ofMillis(2 * UPDATE_MILLIS))
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.isDirectory(artifact));
    assertThat(Files.getAttribute(artifact, "unix:ino")).isEqualTo(key);
  }

  @Test
  void whoStoodStillBeforeItsFirstSignOfLifeDoesNotAdoptTheLockOfAnother() throws Exception {
    Peer sleeper = sleeper(1);
    sleeper.tell("hold");
    Peer heir = heir();
    staysTheHeirs();
    Contention.commits(heir);
    sleeper.expect("held");
    Contention.commits(sleeper);
    all.hasCounted(2);
    assertThat(artifact).doesNotExist();
  }

  @Test
  void whoStoodStillBeforeALaterSignOfLifeGivesUp() throws Exception {
    Peer sleeper = sleeper(2);
    Contention.hold(sleeper);
    Peer heir = heir();
    staysTheHeirs();
    Contention.doesNotCommit(sleeper);
    Contention.commits(heir);
    all.hasCounted(1);
    assertThat(artifact).doesNotExist();
  }
}
