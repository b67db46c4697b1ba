package dev.memoryconsole.lock.redis;

import dev.memoryconsole.lock.lockfile.Contention;
import dev.memoryconsole.lock.lockfile.RedisContenders;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import java.io.IOException;
import java.nio.file.Path;
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
@Tag("node")
@Tag("redis")
class RedisMutualExclusionTest {
  private static final String STORE = "/data/lancedb-pro";
  private static final long LEASE_MILLIS = 2_000;

  @TempDir private Path folder;
  private RedisServer server;
  private Contention all;

  @BeforeEach
  void start() throws IOException {
    Node.assumeThere();
    server = RedisServer.start(folder);
    all = new Contention(folder);
  }

  @AfterEach
  void end() {
    all.close();
    server.close();
  }

  private Peer peer(boolean java) throws IOException {
    Path counter = all.counter();
    return all.add(
        java
            ? RedisContenders.java(server.url(), counter, LEASE_MILLIS, STORE)
            : Node.start("redis-contender.mjs", server.url(), counter, LEASE_MILLIS, STORE));
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
    all.run(millis);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsKilledWhileHoldingIsSucceededWhenItsLeaseEnds(boolean javaIsKilled) throws Exception {
    Peer killed = peer(javaIsKilled);
    Peer heir = peer(!javaIsKilled);
    Contention.hold(killed);
    killed.kill();
    Contention.hold(heir);
    Contention.commits(heir);
    all.hasCounted(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoStoodStillWhileHoldingDoesNotCommit(boolean javaIsFrozen) throws Exception {
    Peer frozen = peer(javaIsFrozen);
    Peer heir = peer(!javaIsFrozen);
    Contention.hold(frozen);
    frozen.freeze();
    Contention.hold(heir);
    frozen.thaw();
    Contention.doesNotCommit(frozen);
    Contention.commits(heir);
    all.hasCounted(1);
  }

  /** Its leases are forgotten: who held one does not commit under it. */
  @Test
  void aRedisThatIsRestartedInMidRunLosesNoCount() throws Exception {
    Peer ours = peer(true);
    Peer theirs = peer(false);
    Contention.hold(ours);
    server.stop();
    server.start();
    Contention.hold(theirs);
    Contention.doesNotCommit(ours);
    Contention.commits(theirs);
    Contention.hold(ours);
    Contention.commits(ours);
    all.hasCounted(2);
  }
}
