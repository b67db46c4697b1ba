package dev.memoryconsole.settings.openclaw;

import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What OpenClaw's configuration ({@code ~/.openclaw/openclaw.json}, JSON5) says about the plugin
 * memory-lancedb-pro or a fork of it. A key in it is neither read nor kept; only the name of the
 * variable it comes from is.
 *
 * @param store the plugin's store
 * @param inSlot whether OpenClaw is told to keep its memories with this plugin and no other
 * @param baseUrl the endpoint of the plugin's model; empty if it uses another way
 * @param model the model's name; empty if none is named
 * @param keyVariable the environment variable that holds the key; empty if it is written into the
 *     file or there is none
 * @param redis the plugin's lock through Redis, which makes that the file lock guards nothing;
 *     empty if it does not use one
 * @param unsetOfStore a variable that the store's path names and that is not set, so that it is not
 *     known which store it is; empty if there is none
 * @param unsetOfModel the same of the model's endpoint and name
 */
public record OpenClawConfig(
    Path store,
    boolean inSlot,
    String baseUrl,
    String model,
    String keyVariable,
    Optional<RedisLocking> redis,
    String unsetOfStore,
    String unsetOfModel) {
  /** The variable that switches the lock through Redis on where the configuration does not. */
  public static final String REDIS_VARIABLE = "MEMORY_LANCEDB_REDIS_URL";

  /** Where OpenClaw keeps it. */
  public static Path standardFile() {
    return OpenClawPlace.file(System::getenv, Path.of(System.getProperty("user.home", ".")));
  }

  /**
   * Reads the file for the plugin to offer: the one that OpenClaw is told to use, else the first.
   *
   * @param environment looks up variables
   * @return empty if there is no such file or it does not configure the plugin
   * @throws IOException if it can't be read or understood; the message is one sentence
   */
  public static Optional<OpenClawConfig> read(
      Path file, UnaryOperator<@Nullable String> environment) throws IOException {
    List<OpenClawConfig> all = readAll(file, environment);
    return all.stream().filter(OpenClawConfig::inSlot).findFirst().or(() -> first(all));
  }

  private static Optional<OpenClawConfig> first(List<OpenClawConfig> all) {
    return all.stream().findFirst();
  }

  /**
   * Reads the file for the plugin and every fork of it that is switched on: there may be several,
   * each with a store of its own.
   *
   * @param environment looks up variables
   * @return empty if there is no such file or it does not configure the plugin
   * @throws IOException if it can't be read or understood; the message is one sentence
   */
  public static List<OpenClawConfig> readAll(Path file, UnaryOperator<@Nullable String> environment)
      throws IOException {
    return Files.notExists(file) ? List.of() : OpenClawReader.read(file, environment);
  }

  /** A folder as the plugin names it in its lock. */
  public static String pluginPath(Path folder) {
    return OpenClawReader.pluginPath(folder);
  }

  /** Whether the plugin locks through Redis, so that the file lock guards nothing. */
  public boolean redisLock() {
    return redis.isPresent();
  }

  /** The settings of the plugin's model, if the configuration names an endpoint and a model. */
  public Optional<ModelSettings> modelSettings() {
    return baseUrl.isBlank() || model.isBlank() || !unsetOfModel.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ModelSettings.of(
                baseUrl,
                model,
                keyVariable.isEmpty() ? KeySource.NONE : KeySource.ofEnvironment(keyVariable)));
  }
}
