package dev.memoryconsole.app;

import dev.memoryconsole.enrich.llm.http.Trust;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.settings.openclaw.OpenClawConfig;
import dev.memoryconsole.settings.openclaw.OpenClawException;
import dev.memoryconsole.settings.openclaw.OpenClawReader;
import dev.memoryconsole.settings.openclaw.RedisLocking;
import dev.memoryconsole.store.RealPaths;
import dev.memoryconsole.store.lance.LanceStore;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which lock the plugin takes for a store, as far as OpenClaw's configuration and the environment
 * tell. Looked up anew each time, because the plugin may be configured anew. Thread-safe.
 */
final class PluginLocks {
  private static final Logger LOG = LoggerFactory.getLogger(PluginLocks.class);
  private static final String STATE_FILE = "openclaw.json";

  private final Path openClaw;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * What is known.
   *
   * @param redis the plugin's lock through Redis; empty if it takes the lock directory
   * @param isTold whether a configuration or the environment says so; else it is what the plugin
   *     does as a rule
   * @param doubt why that can't be relied upon, to follow "because"; empty if it can
   */
  record Found(Optional<RedisLocking> redis, boolean isTold, Message doubt) {
    /** An admin says that it is the lock directory. */
    static final Found SAID = new Found(Optional.empty(), true, Message.NONE);

    private static final Found UNTOLD = new Found(Optional.empty(), false, Message.NONE);

    private static Found doubtful(Message doubt) {
      return new Found(Optional.empty(), true, doubt);
    }

    private static Found told(Optional<RedisLocking> redis) {
      return new Found(redis, true, Message.NONE);
    }
  }

  /**
   * Where they are looked up.
   *
   * @param openClaw OpenClaw's configuration, which need not be there
   * @param environment looks up variables
   */
  PluginLocks(Path openClaw, UnaryOperator<@Nullable String> environment) {
    this.openClaw = openClaw;
    this.environment = environment;
  }

  /** This user's configuration, for words. */
  Path file() {
    return openClaw;
  }

  /**
   * Whom the plugin trusts beside the usual authorities: whom its Node is told to trust, else whom
   * most programs here are.
   *
   * @return null for nobody else
   */
  @Nullable KeyStore trust() {
    for (String variable : List.of("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE")) {
      String file = environment.apply(variable);
      if (file != null && !file.isBlank()) {
        try {
          return Trust.authorities(Path.of(file.strip()));
        } catch (Trust.UnusableFileException | IllegalArgumentException e) {
          LOG.warn("{} is not used: {}", variable, e.getMessage());
        }
      }
    }
    return null;
  }

  /** For this store. */
  Found of(Path store) {
    Path root = LanceStore.rootOf(store).orElse(store);
    List<OpenClawConfig> plugins = new ArrayList<>();
    try {
      for (Path file : files(root)) {
        plugins.addAll(OpenClawReader.readAll(file, environment));
      }
    } catch (OpenClawException e) {
      LOG.warn("Which lock the plugin takes is not known", e);
      return Found.doubtful(AppCode.LOCK_MAY_BE_IN_REDIS.with(e.reason()));
    }
    List<OpenClawConfig> its = plugins.stream().filter(found -> isOf(found, root)).toList();
    if (its.isEmpty()) {
      return ofNone(plugins, root);
    }
    List<OpenClawConfig> chosen = its.stream().filter(OpenClawConfig::inSlot).toList();
    Set<Optional<RedisLocking>> locks = new LinkedHashSet<>();
    (chosen.isEmpty() ? its : chosen).forEach(plugin -> locks.add(plugin.redis()));
    return locks.size() == 1
        ? Found.told(locks.iterator().next())
        : Found.doubtful(AppCode.SEVERAL_PLUGINS.with());
  }

  /** No plugin is known to use the store. */
  private Found ofNone(List<OpenClawConfig> plugins, Path root) {
    for (OpenClawConfig plugin : plugins) {
      if (!plugin.unsetOfStore().isEmpty()) {
        return Found.doubtful(AppCode.PLACE_UNSET.with(plugin.unsetOfStore()));
      }
    }
    String url = environment.apply(OpenClawConfig.REDIS_VARIABLE);
    return url == null || url.isBlank()
        ? Found.UNTOLD
        : Found.told(
            Optional.of(
                new RedisLocking(
                    new Secret(url),
                    "",
                    RedisLocking.TTL_MILLIS,
                    OpenClawReader.pluginPath(root),
                    "")));
  }

  /** This user's, and the one whose folder the store is in, which may be another user's. */
  private Set<Path> files(Path root) {
    Set<Path> files = new LinkedHashSet<>();
    files.add(openClaw.toAbsolutePath().normalize());
    Path memory = root.toAbsolutePath().normalize().getParent();
    if (memory != null && memory.getParent() != null) {
      files.add(memory.resolveSibling(STATE_FILE));
    }
    return files;
  }

  private static boolean isOf(OpenClawConfig config, Path root) {
    return RealPaths.of(root).equals(RealPaths.of(config.store()));
  }
}
