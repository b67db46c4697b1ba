package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.node.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts contenders for the lock in Redis. */
public final class RedisContenders {
  private RedisContenders() {}

  /** The twin of {@code redis-contender.mjs} in a JVM of its own. */
  public static Peer java(String url, Path counter, long leaseMillis, String resource)
      throws IOException {
    return Peer.java(Contender.class, List.of("-Xmx64m"), url, counter, leaseMillis, resource);
  }
}
