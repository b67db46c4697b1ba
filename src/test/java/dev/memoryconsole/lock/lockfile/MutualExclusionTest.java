package dev.memoryconsole.lock.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes of Java and of Node, one lock. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("node")
class MutualExclusionTest {
  private static final long STALE_MILLIS = 2_000;
  private static final long UPDATE_MILLIS = 1_000;

  @TempDir Path folder;
  private Path target;
  private Path artifact;
  private Contention all;

  /** Which side. */
  enum Side {
    JAVA,
    NODE;

    Side other() {
      return this == JAVA ? NODE : JAVA;
    }
  }

  @BeforeEach
  void makeFiles() throws IOException {
    Node.assumeThere();
    target = Files.createFile(folder.resolve("target")).toRealPath();
    artifact = Path.of(target + ".lock");
    all = new Contention(folder);
  }

  @AfterEach
  void killAll() {
    all.close();
  }

  private Peer start(Side side, long stale, long update) throws IOException {
    Path counter = all.counter();
    return all.add(
        switch (side) {
          case JAVA ->
              Peer.java(Contender.class, List.of("-Xmx64m"), target, counter, stale, update);
          case NODE -> Node.start("contender.mjs", target, counter, stale, update);
        });
  }

  private Peer start(Side side) throws IOException {
    return start(side, STALE_MILLIS, UPDATE_MILLIS);
  }

  @Test
  void neverTwoInsideAndNoCountLost() throws Exception {
    contend(2, 2, 3_000);
  }

  @Tag("long")
  @Test
  void neverTwoInsideAndNoCountLostInAMinute() throws Exception {
    contend(3, 3, 60_000);
  }

  private void contend(int javas, int nodes, long millis) throws Exception {
    for (int i = 0; i < javas; i++) {
      start(Side.JAVA, 10_000, 5_000);
    }
    for (int i = 0; i < nodes; i++) {
      start(Side.NODE, 10_000, 5_000);
    }
    all.run(millis);
    assertThat(artifact).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsKilledWhileHoldingIsSucceeded(Side victim) throws Exception {
    Peer killed = start(victim);
    Peer heir = start(victim.other());
    Contention.hold(killed);
    killed.kill();
    assertThat(artifact).isDirectory();
    Contention.hold(heir);
    Contention.commits(heir);
    all.hasCounted(1);
    assertThat(artifact).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void whoStoodStillWhileHoldingDoesNotCommit(Side victim) throws Exception {
    Peer frozen = start(victim);
    Peer heir = start(victim.other());
    Contention.hold(frozen);
    frozen.freeze();
    Contention.hold(heir);
    frozen.thaw();
    if (victim == Side.NODE) {
      // There the timer finds out, not the one about to write.
      frozen.expect("lost");
    }
    Contention.doesNotCommit(frozen);
    assertThat(artifact).isDirectory();
    Contention.commits(heir);
    all.hasCounted(1);
    assertThat(artifact).doesNotExist();
  }

  /**
   * Many see the same abandoned lock at once. One Node only: two of them can take it from each
   * other and don't notice.
   */
  @Test
  void manyHeirsOfOneAbandonedLockStayApart() throws Exception {
    Peer killed = start(Side.NODE);
    Contention.hold(killed);
    killed.kill();
    List<Peer> heirs =
        List.of(start(Side.NODE), start(Side.JAVA), start(Side.JAVA), start(Side.JAVA));
    heirs.forEach(peer -> peer.tell("run 4000"));
    int counted = 0;
    for (Peer peer : heirs) {
      counted += Integer.parseInt(peer.expect("counted"));
    }
    assertThat(counted).isPositive();
    all.hasCounted(counted);
  }
}
