package dev.memoryconsole.app;

import dev.memoryconsole.lock.ProperLockfile;
import dev.memoryconsole.lock.redis.RedisAccess;
import dev.memoryconsole.lock.redis.RedisLock;
import dev.memoryconsole.settings.OpenClawConfig;
import dev.memoryconsole.settings.RedisLocking;
import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.RealPaths;
import dev.memoryconsole.store.lance.LanceOptions;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens stores; tells their kind from the path. Thread-safe. */
final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private final Clock clock;
  private final Path openClaw;
  private final UnaryOperator<@Nullable String> environment;

  /** On this machine. */
  Stores(Clock clock) {
    this(clock, OpenClawConfig.standardFile(), System::getenv);
  }

  /**
   * With another configuration of the plugin.
   *
   * @param openClaw OpenClaw's configuration, which need not be there
   * @param environment looks up variables
   */
  Stores(Clock clock, Path openClaw, UnaryOperator<@Nullable String> environment) {
    this.clock = clock;
    this.openClaw = openClaw;
    this.environment = environment;
  }

  /** A folder is the plugin's live store, a file is SQLite. */
  MemoryStore open(Path store) {
    if (!Files.isDirectory(store)) {
      return SqliteStore.open(store);
    }
    Optional<RedisLocking> redis = redisOf(store);
    return LanceStore.open(
        store,
        new LanceOptions(
            LanceOptions.PATIENCE,
            clock,
            natives(),
            () -> otherLock(store, redis),
            redis.map(Stores::locks).orElse(ProperLockfile::new)));
  }

  private static LanceOptions.Locks locks(RedisLocking redis) {
    return (target, metrics, clock) ->
        problem(redis).isPresent()
            // Never taken: writing is refused.
            ? new ProperLockfile(target, metrics, clock)
            : new RedisLock(access(redis), redis.dbPath(), metrics, clock);
  }

  private static RedisAccess access(RedisLocking redis) {
    return RedisAccess.of(
        redis.url().reveal(), redis.keyPrefix(), Duration.ofMillis(redis.ttlMillis()));
  }

  private static Optional<String> problem(RedisLocking redis) {
    try {
      RedisAccess used = access(redis);
      LOG.debug("The plugin locks through the Redis at {}", used);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Where Lance's native library is unpacked. */
  static Path natives() {
    return Workspace.cache().resolve("native");
  }

  /** The plugin's lock through Redis, if it uses one for this store. */
  private Optional<RedisLocking> redisOf(Path store) {
    try {
      Optional<OpenClawConfig> config =
          OpenClawConfig.read(openClaw, environment).filter(found -> isOf(found, store));
      if (config.isPresent()) {
        return config.get().redis();
      }
    } catch (IOException e) {
      LOG.warn("Whether the plugin locks through Redis is not known", e);
    }
    String url = environment.apply(OpenClawConfig.REDIS_VARIABLE);
    return url == null || url.isBlank()
        ? Optional.empty()
        : Optional.of(
            new RedisLocking(
                new Secret(url),
                "",
                RedisLocking.TTL_MILLIS,
                OpenClawConfig.pluginPath(LanceStore.rootOf(store).orElse(store))));
  }

  /**
   * Why nothing may be written under the lock that the store was opened with; empty if it may. The
   * plugin may be configured anew while the store is open.
   */
  private Optional<String> otherLock(Path store, Optional<RedisLocking> opened) {
    Optional<RedisLocking> now = redisOf(store);
    if (!now.equals(opened)) {
      return Optional.of(
          "%s can't be written, because the plugin's lock was changed since it was opened; nothing was changed, open the store again."
              .formatted(store));
    }
    return now.flatMap(Stores::problem)
        .map(
            problem ->
                "%s can't be written, because the plugin locks through Redis and there is a problem with that: %s; nothing was changed, set %s or mend %s and open the store again."
                    .formatted(store, problem, OpenClawConfig.REDIS_VARIABLE, openClaw));
  }

  private static boolean isOf(OpenClawConfig config, Path store) {
    Path theirs = RealPaths.of(config.store());
    Path ours = RealPaths.of(store);
    return ours.equals(theirs) || theirs.equals(ours.getParent());
  }
}
