package dev.memoryconsole.settings.openclaw;

import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import java.nio.file.Path;
import java.util.Optional;

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
