package dev.memoryconsole.lock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.lock.RedisContenders;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of Java and of Node with the plugin's client of Redis, one lock. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RedisMutualExclusionTest {
  private static final String STORE = "/data/lancedb-pro";
  private static final long LEASE_MILLIS = 2_000;

  @TempDir private Path folder;
  private RedisServer server;
  private Path counter;
  private final List<Peer> peers = new ArrayList<>();

  /** One hold, in nanoseconds of the clock that all processes share. */
  private record Hold(long from, long to) {}

  @BeforeEach
  void start() throws IOException {
    Node.assumeThere();
    server = RedisServer.start(folder);
    counter = Files.writeString(folder.resolve("counter"), "0");
  }

  @AfterEach
  void end() {
    peers.forEach(Peer::close);
    server.close();
  }

  private Peer peer(boolean java) throws IOException {
    Peer peer =
        java
            ? RedisContenders.java(server.url(), counter, LEASE_MILLIS, STORE)
            : Node.start("redis-contender.mjs", server.url(), counter, LEASE_MILLIS, STORE);
    peers.add(peer);
    return peer;
  }

  @Test
  void neverTwoInsideAndNoCountLost() throws Exception {
    contend(1, 2, 4_000);
  }

  @Tag("long")
  @Test
  void neverTwoInsideAndNoCountLostInAMinute() throws Exception {
    contend(2, 3, 60_000);
  }

  private void contend(int javas, int nodes, long millis) throws Exception {
    for (int i = 0; i < javas + nodes; i++) {
      peer(i < javas);
    }
    peers.forEach(peer -> peer.tell("run " + millis));
    List<Hold> holds = new ArrayList<>();
    int counted = 0;
    for (Peer peer : peers) {
      List<String> said = new ArrayList<>();
      int mine = Integer.parseInt(peer.expect("counted", said));
      assertThat(mine).isPositive();
      counted += mine;
      said.stream().map(RedisMutualExclusionTest::hold).forEach(holds::add);
    }
    assertThat(counter).hasContent(String.valueOf(counted));
    assertThat(holds).hasSize(counted);
    holds.sort(Comparator.comparingLong(Hold::from));
    for (int i = 1; i < holds.size(); i++) {
      assertThat(holds.get(i).from()).isGreaterThan(holds.get(i - 1).to());
    }
  }

  private static Hold hold(String line) {
    String[] words = line.split(" ", -1);
    assertThat(words[0]).isEqualTo("inside");
    return new Hold(Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsKilledWhileHoldingIsSucceededWhenItsLeaseEnds(boolean javaIsKilled) throws Exception {
    Peer killed = peer(javaIsKilled);
    Peer heir = peer(!javaIsKilled);
    killed.tell("hold");
    killed.expect("held");
    killed.kill();
    heir.tell("hold");
    heir.expect("held");
    heir.tell("commit");
    assertThat(heir.next()).isEqualTo("committed");
    assertThat(counter).hasContent("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoStoodStillWhileHoldingDoesNotCommit(boolean javaIsFrozen) throws Exception {
    Peer frozen = peer(javaIsFrozen);
    Peer heir = peer(!javaIsFrozen);
    frozen.tell("hold");
    frozen.expect("held");
    frozen.freeze();
    heir.tell("hold");
    heir.expect("held");
    frozen.thaw();
    frozen.tell("commit");
    assertThat(frozen.next()).isEqualTo("compromised");
    heir.tell("commit");
    assertThat(heir.next()).isEqualTo("committed");
    assertThat(counter).hasContent("1");
  }

  /** Its leases are forgotten: who held one does not commit under it. */
  @Test
  void aRedisThatIsRestartedInMidRunLosesNoCount() throws Exception {
    Peer ours = peer(true);
    Peer theirs = peer(false);
    ours.tell("hold");
    ours.expect("held");
    server.stop();
    server.start();
    theirs.tell("hold");
    theirs.expect("held");
    ours.tell("commit");
    assertThat(ours.next()).isEqualTo("compromised");
    theirs.tell("commit");
    assertThat(theirs.next()).isEqualTo("committed");
    ours.tell("hold");
    ours.expect("held");
    ours.tell("commit");
    assertThat(ours.next()).isEqualTo("committed");
    assertThat(counter).hasContent("2");
  }
}
