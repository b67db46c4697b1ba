package dev.memoryconsole.app;

import dev.memoryconsole.lock.lockfile.ProperLockfile;
import dev.memoryconsole.lock.redis.RedisAccess;
import dev.memoryconsole.lock.redis.RedisLock;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.openclaw.OpenClawConfig;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.settings.openclaw.RedisLocking;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.lance.LanceOptions;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens stores; tells their kind from the path. Thread-safe. */
final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private final Clock clock;
  private final PluginLocks locks;
  private final PluginLock said;
  private final Duration patience;
  private final List<Duration> looks;

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
    this(
        clock,
        new PluginLocks(openClaw, environment),
        PluginLock.AUTO,
        LanceOptions.PATIENCE,
        LanceOptions.LOOKS);
  }

  private Stores(
      Clock clock, PluginLocks locks, PluginLock said, Duration patience, List<Duration> looks) {
    this.clock = clock;
    this.locks = locks;
    this.said = said;
    this.patience = patience;
    this.looks = looks;
  }

  /** The same where a lock is waited for no longer than this. */
  Stores patient(Duration atMost) {
    return new Stores(clock, locks, said, atMost, looks);
  }

  /** The same where what a run wrote is looked at again at these times after its end. */
  Stores looking(List<Duration> after) {
    return new Stores(clock, locks, said, patience, after);
  }

  /** The same where an admin says which lock the plugin takes. */
  Stores lockingBy(PluginLock lock) {
    return new Stores(clock, locks, lock, patience, looks);
  }

  /** A folder is the plugin's live store, a file is SQLite. */
  MemoryStore open(Path store) {
    if (!Files.isDirectory(store)) {
      return SqliteStore.open(store);
    }
    PluginLocks.Found lock = lockOf(store);
    return LanceStore.open(
        store,
        new LanceOptions(
            patience,
            clock,
            natives(),
            () -> otherLock(store, lock),
            () -> doubt(store),
            looks,
            lock.redis().map(this::locks).orElse(ProperLockfile::new)));
  }

  private PluginLocks.Found lockOf(Path store) {
    return said == PluginLock.DIRECTORY ? PluginLocks.Found.SAID : locks.of(store);
  }

  private LanceOptions.Locks locks(RedisLocking redis) {
    return (target, metrics, clock) ->
        problem(redis).isPresent()
            // Never taken: writing is refused.
            ? new ProperLockfile(target, metrics, clock)
            : new RedisLock(access(redis), redis.dbPath(), metrics, clock);
  }

  private RedisAccess access(RedisLocking redis) {
    RedisAccess access =
        RedisAccess.of(
            redis.url().reveal(), redis.keyPrefix(), Duration.ofMillis(redis.ttlMillis()));
    return access.isEncrypted() ? access.trusting(locks.trust()) : access;
  }

  private Optional<String> problem(RedisLocking redis) {
    if (!redis.unset().isEmpty()) {
      return Optional.of(
          "its configuration names the variable %s, which is not set here"
              .formatted(redis.unset()));
    }
    try {
      RedisAccess used = access(redis);
      LOG.debug("The plugin locks through the Redis at {}", used);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(PluginLocks.withoutStop(String.valueOf(e.getMessage())));
    }
  }

  /** Where Lance's native library is unpacked. */
  static Path natives() {
    return Workspace.cache().resolve("native");
  }

  /**
   * Why nothing may be written under the lock that the store was opened with; empty if it may. The
   * plugin may be configured anew while the store is open.
   */
  private Optional<String> otherLock(Path store, PluginLocks.Found opened) {
    PluginLocks.Found now = lockOf(store);
    if (!now.doubt().isEmpty()) {
      return Optional.of(
          "%s can't be written, because %s; nothing was changed, mend that, or add --plugin-lock directory if its plugin takes the lock directory."
              .formatted(store, now.doubt()));
    }
    if (!now.redis().equals(opened.redis())) {
      return Optional.of(
          "%s can't be written, because the plugin's lock was changed since it was opened; nothing was changed, open the store again."
              .formatted(store));
    }
    return now.redis()
        .flatMap(this::problem)
        .map(
            problem ->
                "%s can't be written, because the plugin locks through Redis and there is a problem with that: %s; nothing was changed, set %s or mend %s and open the store again."
                    .formatted(store, problem, OpenClawConfig.REDIS_VARIABLE, locks.file()));
  }

  /** Whether the plugin takes the lock directory at all, as far as that shows. */
  private Optional<String> doubt(Path store) {
    PluginLocks.Found now = lockOf(store);
    if (said == PluginLock.DIRECTORY || now.redis().isPresent()) {
      return Optional.empty();
    }
    return switch (LanceStore.lockTrace(store)) {
      case PLUGIN -> Optional.empty();
      case OURS -> now.isTold() ? Optional.empty() : Optional.of(untold(store));
      case NONE ->
          Optional.of(
              now.isTold()
                  ? "The plugin has never taken its lock in %s: it may be a version without a lock (before 1.1.0-beta.10), and then what an agent writes during a run may be lost; update the plugin, or stop the agent meanwhile."
                      .formatted(store)
                  : untold(store));
    };
  }

  private static String untold(Path store) {
    return "No plugin has been seen to take its lock in %s, and no configuration of OpenClaw that names this store was found: its plugin may lock through Redis or not at all, and then what an agent writes during a run may be lost; set OPENCLAW_CONFIG_PATH or %s as its gateway has them, or stop the agent meanwhile."
        .formatted(store, OpenClawConfig.REDIS_VARIABLE);
  }
}
