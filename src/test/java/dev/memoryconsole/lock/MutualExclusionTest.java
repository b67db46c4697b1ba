package dev.memoryconsole.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
class MutualExclusionTest {
  private static final long STALE_MILLIS = 2_000;
  private static final long UPDATE_MILLIS = 1_000;

  @TempDir Path folder;
  private Path target;
  private Path artifact;
  private Path counter;
  private final List<Peer> peers = new ArrayList<>();

  /** Which side. */
  enum Side {
    JAVA,
    NODE;

    Side other() {
      return this == JAVA ? NODE : JAVA;
    }
  }

  /** One hold, in nanoseconds of the clock that all processes share. */
  private record Hold(long from, long to) {}

  @BeforeEach
  void makeFiles() throws IOException {
    Node.assumeThere();
    target = Files.createFile(folder.resolve("target")).toRealPath();
    artifact = Path.of(target + ".lock");
    counter = Files.writeString(folder.resolve("counter"), "0");
  }

  @AfterEach
  void killAll() {
    peers.forEach(Peer::close);
  }

  private Peer start(Side side, long stale, long update) throws IOException {
    Peer peer =
        switch (side) {
          case JAVA ->
              Peer.java(Contender.class, List.of("-Xmx64m"), target, counter, stale, update);
          case NODE -> Node.start("contender.mjs", target, counter, stale, update);
        };
    peers.add(peer);
    return peer;
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
    peers.forEach(peer -> peer.tell("run " + millis));
    List<Hold> holds = new ArrayList<>();
    int counted = 0;
    for (Peer peer : peers) {
      List<String> said = new ArrayList<>();
      int mine = Integer.parseInt(peer.expect("counted", said));
      assertThat(mine).isPositive();
      counted += mine;
      said.stream().map(MutualExclusionTest::hold).forEach(holds::add);
    }
    assertThat(counter).hasContent(String.valueOf(counted));
    assertThat(holds).hasSize(counted);
    assertApart(holds);
    assertThat(artifact).doesNotExist();
  }

  private static Hold hold(String line) {
    String[] words = line.split(" ", -1);
    assertThat(words[0]).isEqualTo("inside");
    return new Hold(Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  private static void assertApart(List<Hold> holds) {
    holds.sort(Comparator.comparingLong(Hold::from));
    for (int i = 1; i < holds.size(); i++) {
      assertThat(holds.get(i).from()).isGreaterThan(holds.get(i - 1).to());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsKilledWhileHoldingIsSucceeded(Side victim) throws Exception {
    Peer killed = start(victim);
    Peer heir = start(victim.other());
    killed.tell("hold");
    killed.expect("held");
    killed.kill();
    assertThat(artifact).isDirectory();
    heir.tell("hold");
    heir.expect("held");
    heir.tell("commit");
    assertThat(heir.next()).isEqualTo("committed");
    assertThat(counter).hasContent("1");
    assertThat(artifact).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void whoStoodStillWhileHoldingDoesNotCommit(Side victim) throws Exception {
    Peer frozen = start(victim);
    Peer heir = start(victim.other());
    frozen.tell("hold");
    frozen.expect("held");
    frozen.freeze();
    heir.tell("hold");
    heir.expect("held");
    frozen.thaw();
    if (victim == Side.NODE) {
      // There the timer finds out, not the one about to write.
      frozen.expect("lost");
    }
    frozen.tell("commit");
    assertThat(frozen.next()).isEqualTo("compromised");
    assertThat(artifact).isDirectory();
    heir.tell("commit");
    assertThat(heir.next()).isEqualTo("committed");
    assertThat(counter).hasContent("1");
    assertThat(artifact).doesNotExist();
  }

  /**
   * Many see the same abandoned lock at once. One Node only: two of them can take it from each
   * other and don't notice.
   */
  @Test
  void manyHeirsOfOneAbandonedLockStayApart() throws Exception {
    Peer killed = start(Side.NODE);
    killed.tell("hold");
    killed.expect("held");
    killed.kill();
    List<Peer> heirs =
        List.of(start(Side.NODE), start(Side.JAVA), start(Side.JAVA), start(Side.JAVA));
    heirs.forEach(peer -> peer.tell("run 4000"));
    int counted = 0;
    for (Peer peer : heirs) {
      counted += Integer.parseInt(peer.expect("counted"));
    }
    assertThat(counted).isPositive();
    assertThat(counter).hasContent(String.valueOf(counted));
  }
}
