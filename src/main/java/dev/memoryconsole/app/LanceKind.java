package dev.memoryconsole.app;

import dev.memoryconsole.lock.lockfile.ProperLockfile;
import dev.memoryconsole.lock.redis.RedisAccess;
import dev.memoryconsole.lock.redis.RedisAddressException;
import dev.memoryconsole.lock.redis.RedisLock;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.openclaw.OpenClawConfig;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.settings.openclaw.RedisLocking;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreKind;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.lance.LanceOptions;
import dev.memoryconsole.store.lance.LanceStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin's live stores: folders of LanceDB, under whichever lock the plugin takes. */
final class LanceKind implements StoreKind {
  private static final Logger LOG = LoggerFactory.getLogger(LanceKind.class);

  private final Settings settings;
  private final PluginLocks locks;

  /**
   * How stores are opened.
   *
   * @param locks which lock the plugin takes
   * @param said the lock it takes if an admin says so
   * @param patience how long a lock is waited for
   * @param looks when, after the end of a run, what it wrote is looked at again
   */
  record Settings(
      Clock clock, PluginLocks locks, PluginLock said, Duration patience, List<Duration> looks) {}

  LanceKind(Settings settings) {
    this.settings = settings;
    this.locks = settings.locks();
  }

  @Override
  public boolean has(StoreLocation location) {
    return location instanceof StoreLocation.OnDisk(Path path) && Files.isDirectory(path);
  }

  @Override
  public MemoryStore open(StoreLocation location) {
    Path store = ((StoreLocation.OnDisk) location).path();
    PluginLocks.Found lock = lockOf(store);
    return LanceStore.open(
        store,
        new LanceOptions(
            settings.patience(),
            settings.clock(),
            natives(),
            () -> otherLock(store, lock),
            () -> doubt(store),
            settings.looks(),
            lock.redis().map(this::locks).orElse(ProperLockfile::new)));
  }

  /** The plugin's folder, also where the table in it is named. */
  @Override
  public StoreLocation whole(StoreLocation location) {
    return location instanceof StoreLocation.OnDisk(Path path)
        ? LanceStore.rootOf(path).map(StoreLocation::of).orElse(location)
        : location;
  }

  @Override
  public boolean keeps(StoreLocation store, Path snapshot) {
    return !(store instanceof StoreLocation.OnDisk(Path path)) || LanceStore.keeps(path, snapshot);
  }

  private PluginLocks.Found lockOf(Path store) {
    return settings.said() == PluginLock.DIRECTORY ? PluginLocks.Found.SAID : locks.of(store);
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

  private Optional<Message> problem(RedisLocking redis) {
    if (!redis.unset().isEmpty()) {
      return Optional.of(AppCode.VARIABLE_UNSET.with(redis.unset()));
    }
    try {
      RedisAccess used = access(redis);
      LOG.debug("The plugin locks through the Redis at {}", used);
      return Optional.empty();
    } catch (RedisAddressException e) {
      return Optional.of(e.message());
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
  private Optional<Message> otherLock(Path store, PluginLocks.Found opened) {
    PluginLocks.Found now = lockOf(store);
    if (!now.doubt().isEmpty()) {
      return Optional.of(AppCode.LOCK_DOUBTED.with(store, now.doubt()));
    }
    if (!now.redis().equals(opened.redis())) {
      return Optional.of(AppCode.LOCK_CHANGED.with(store));
    }
    return now.redis()
        .flatMap(this::problem)
        .map(
            problem ->
                AppCode.REDIS_UNUSABLE.with(
                    store, problem, OpenClawConfig.REDIS_VARIABLE, locks.file()));
  }

  /** Whether the plugin takes the lock directory at all, as far as that shows. */
  private Optional<Message> doubt(Path store) {
    PluginLocks.Found now = lockOf(store);
    if (settings.said() == PluginLock.DIRECTORY || now.redis().isPresent()) {
      return Optional.empty();
    }
    return switch (LanceStore.lockTrace(store)) {
      case PLUGIN -> Optional.empty();
      case OURS -> now.isTold() ? Optional.empty() : Optional.of(untold(store));
      case NONE -> Optional.of(now.isTold() ? AppCode.LOCK_NEVER_TAKEN.with(store) : untold(store));
    };
  }

  private static Message untold(Path store) {
    return AppCode.LOCK_UNTOLD.with(store, OpenClawConfig.REDIS_VARIABLE);
  }
}
