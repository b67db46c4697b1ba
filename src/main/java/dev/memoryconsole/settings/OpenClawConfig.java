package dev.memoryconsole.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What OpenClaw's configuration ({@code ~/.openclaw/openclaw.json}, JSON5) says about the plugin
 * memory-lancedb-pro. A key in it is neither read nor kept; only the name of the variable it comes
 * from is.
 *
 * @param store the plugin's store
 * @param baseUrl the endpoint of the plugin's model; empty if it uses another way
 * @param model the model's name; empty if none is named
 * @param keyVariable the environment variable that holds the key; empty if it is written into the
 *     file or there is none
 * @param redisLock whether the plugin locks through Redis, so that the file lock guards nothing
 */
public record OpenClawConfig(
    Path store, String baseUrl, String model, String keyVariable, boolean redisLock) {
  private static final String PLUGIN = "memory-lancedb-pro";
  private static final long LARGEST = 5_000_000;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** Where OpenClaw keeps it. */
  public static Path standardFile() {
    return Path.of(System.getProperty("user.home", "."), ".openclaw", "openclaw.json");
  }

  /**
   * Reads the file.
   *
   * @param environment looks up variables
   * @return empty if there is no such file or it does not configure the plugin
   * @throws IOException if it can't be read or understood; the message is one sentence
   */
  public static Optional<OpenClawConfig> read(
      Path file, UnaryOperator<@Nullable String> environment) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException("OpenClaw's configuration " + file + " is too large to be one.");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      // The library's own text may quote a key.
      throw new IOException(
          "OpenClaw's configuration "
              + file
              + " is not valid JSON5 (line "
              + e.getLocation().getLineNr()
              + "); it was ignored.");
    } catch (IOException e) {
      throw new IOException("OpenClaw's configuration " + file + " can't be read.", e);
    }
    JsonNode entry = root.path("plugins").path("entries").path(PLUGIN);
    return entry.isObject() && entry.path("enabled").asBoolean(true)
        ? Optional.of(of(entry.path("config"), file, environment))
        : Optional.empty();
  }

  private static OpenClawConfig of(
      JsonNode config, Path file, UnaryOperator<@Nullable String> environment) {
    JsonNode llm = config.path("llm");
    // The plugin's own fallback: without a base URL of its own the model is where the embedder is.
    boolean own = llm.hasNonNull("baseURL");
    JsonNode endpoint = own ? llm : config.path("embedding");
    JsonNode key = llm.hasNonNull("apiKey") ? llm.path("apiKey") : endpoint.path("apiKey");
    boolean oauth = llm.path("auth").asText("").equals("oauth");
    return new OpenClawConfig(
        store(config.path("dbPath"), file, environment),
        oauth ? "" : fill(endpoint.path("baseURL").asText(""), environment),
        oauth ? "" : fill(llm.path("model").asText(""), environment),
        oauth ? "" : variable(key),
        hasRedisLock(config, environment));
  }

  private static Path store(
      JsonNode dbPath, Path file, UnaryOperator<@Nullable String> environment) {
    Path openClaw = file.toAbsolutePath().resolveSibling("");
    String path = fill(dbPath.asText(""), environment);
    try {
      if (path.startsWith("~/")) {
        return Path.of(System.getProperty("user.home", "."), path.substring(2));
      }
      if (!path.isBlank()) {
        return openClaw.resolve(path);
      }
    } catch (InvalidPathException e) {
      // As if none were given.
    }
    return openClaw.resolve("memory").resolve("lancedb-pro");
  }

  private static boolean hasRedisLock(
      JsonNode config, UnaryOperator<@Nullable String> environment) {
    JsonNode redis = config.path("locking").path("redis");
    String variable = environment.apply("MEMORY_LANCEDB_REDIS_URL");
    return redis.path("enabled").asBoolean(false)
        || !redis.path("url").asText("").isBlank()
        || !config.path("redisUrl").asText("").isBlank()
        || (variable != null && !variable.isBlank());
  }

  /** The variable a key comes from, if it comes from one. */
  private static String variable(JsonNode key) {
    Matcher placeholder =
        PLACEHOLDER.matcher(key.isArray() ? key.path(0).asText("") : key.asText(""));
    return placeholder.matches() ? placeholder.group(1) : "";
  }

  private static String fill(String value, UnaryOperator<@Nullable String> environment) {
    return PLACEHOLDER
        .matcher(value)
        .replaceAll(
            match -> {
              String found = environment.apply(match.group(1));
              return Matcher.quoteReplacement(found == null ? "" : found);
            });
  }

  /** The settings of the plugin's model, if the configuration names an endpoint and a model. */
  public Optional<ModelSettings> modelSettings() {
    return baseUrl.isBlank() || model.isBlank()
        ? Optional.empty()
        : Optional.of(
            ModelSettings.of(
                baseUrl,
                model,
                keyVariable.isEmpty() ? KeySource.NONE : KeySource.ofEnvironment(keyVariable)));
  }
}
