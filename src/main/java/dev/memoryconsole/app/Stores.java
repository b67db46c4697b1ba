package dev.memoryconsole.app;

import dev.memoryconsole.settings.OpenClawConfig;
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
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens stores; tells their kind from the path. Thread-safe. */
final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
  private static final String REDIS = "MEMORY_LANCEDB_REDIS_URL";

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
    return LanceStore.open(
        store, new LanceOptions(LanceOptions.PATIENCE, clock, natives(), () -> otherLock(store)));
  }

  /** Where Lance's native library is unpacked. */
  static Path natives() {
    return Workspace.cache().resolve("native");
  }

  /** Why the lock directory guards nothing in this store; empty if it does. */
  private Optional<String> otherLock(Path store) {
    String url = environment.apply(REDIS);
    if (url != null && !url.isBlank()) {
      return Optional.of(
          "%s can't be written, because %s is set: the plugin then locks through Redis and not through the lock directory; nothing was changed, stop the agent, unset the variable and try again."
              .formatted(store, REDIS));
    }
    try {
      return OpenClawConfig.read(openClaw, environment)
          .filter(config -> config.redisLock() && isOf(config, store))
          .map(
              config ->
                  "%s can't be written, because %s has the plugin lock through Redis and not through the lock directory; nothing was changed, stop the agent, switch that lock off and try again."
                      .formatted(store, openClaw));
    } catch (IOException e) {
      LOG.warn("Whether the plugin locks through Redis is not known", e);
      return Optional.empty();
    }
  }

  private static boolean isOf(OpenClawConfig config, Path store) {
    Path theirs = RealPaths.of(config.store());
    Path ours = RealPaths.of(store);
    return ours.equals(theirs) || theirs.equals(ours.getParent());
  }
}
