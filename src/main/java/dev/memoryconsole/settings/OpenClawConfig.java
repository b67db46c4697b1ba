package dev.memoryconsole.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * @param redis the plugin's lock through Redis, which makes that the file lock guards nothing;
 *     empty if it does not use one
 */
public record OpenClawConfig(
    Path store, String baseUrl, String model, String keyVariable, Optional<RedisLocking> redis) {
  private static final List<String> PLUGINS = List.of("memory-lancedb-pro", "memory-lancedb-cip");

  /** The variable that switches the lock through Redis on where the configuration does not. */
  public static final String REDIS_VARIABLE = "MEMORY_LANCEDB_REDIS_URL";

  private static final long LARGEST = 5_000_000;
  private static final Pattern PLACEHOLDER = Pattern.compile("(\\$?)\\$\\{([A-Z_][A-Z0-9_]*)}");
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
    return OpenClawPlace.file(System::getenv, Path.of(System.getProperty("user.home", ".")));
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
    JsonNode root = OpenClawIncludes.resolve(parse(file, LARGEST), file, OpenClawConfig::parse);
    JsonNode entries = root.path("plugins").path("entries");
    for (String name : PLUGINS) {
      if (isOn(entries.path(name))) {
        return Optional.of(of(entries.path(name).path("config"), file, environment));
      }
    }
    // A fork under a name of its own: known by its store.
    for (JsonNode entry : entries) {
      JsonNode config = entry.path("config");
      if (isOn(entry) && config.path("dbPath").isTextual()) {
        OpenClawConfig fork = of(config, file, environment);
        if (Files.isDirectory(fork.store().resolve("memories.lance"))) {
          return Optional.of(fork);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOn(JsonNode entry) {
    return entry.isObject() && entry.path("enabled").asBoolean(true);
  }

  private static JsonNode parse(Path file, long largest) throws IOException {
    if (Files.size(file) > largest) {
      throw new IOException("OpenClaw's configuration " + file + " is too large to be one.");
    }
    try {
      return MAPPER.readTree(Files.readString(file));
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
        redis(config, dbPath(config.path("dbPath"), file, environment), environment));
  }

  /** Whether the plugin locks through Redis, so that the file lock guards nothing. */
  public boolean redisLock() {
    return redis.isPresent();
  }

  private static Path store(
      JsonNode dbPath, Path file, UnaryOperator<@Nullable String> environment) {
    return Path.of(dbPath(dbPath, file, environment));
  }

  /**
   * The store's folder as the plugin names it: home expanded, absolute, without a slash at the end;
   * the real path only if its last part is a link.
   */
  private static String dbPath(
      JsonNode dbPath, Path file, UnaryOperator<@Nullable String> environment) {
    Path openClaw = file.toAbsolutePath().resolveSibling("");
    String path = fill(dbPath.asText(""), environment).strip();
    Path named = openClaw.resolve("memory").resolve("lancedb-pro");
    try {
      if (path.startsWith("file://")) {
        named = Path.of(URI.create(path));
      } else if (path.equals("~") || path.startsWith("~/")) {
        named = Path.of(System.getProperty("user.home", "."), path.substring(1));
      } else if (!path.isBlank()) {
        named = openClaw.resolve(path);
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      // As if none were given.
    }
    return pluginPath(named);
  }

  /** A folder as the plugin names it in its lock. */
  public static String pluginPath(Path folder) {
    Path named = folder.toAbsolutePath().normalize();
    try {
      return Files.isSymbolicLink(named) ? named.toRealPath().toString() : named.toString();
    } catch (IOException dangling) {
      return named.toString();
    }
  }

  private static Optional<RedisLocking> redis(
      JsonNode config, String dbPath, UnaryOperator<@Nullable String> environment) {
    JsonNode redis = config.path("locking").path("redis");
    if (redis.path("enabled").isBoolean() && !redis.path("enabled").booleanValue()) {
      return Optional.empty();
    }
    String url = fill(redis.path("url").asText(""), environment).strip();
    if (url.isEmpty()) {
      url = fill(config.path("redisUrl").asText(""), environment).strip();
    }
    if (url.isEmpty()) {
      String variable = environment.apply(REDIS_VARIABLE);
      url = variable == null ? "" : variable.strip();
    }
    return url.isEmpty() && !redis.path("enabled").asBoolean(false)
        ? Optional.empty()
        : Optional.of(
            new RedisLocking(
                new Secret(url),
                fill(redis.path("keyPrefix").asText(""), environment).strip(),
                positive(redis.path("ttlMs").asLong(0)),
                dbPath));
  }

  private static long positive(long ttlMillis) {
    return ttlMillis > 0 ? ttlMillis : RedisLocking.TTL_MILLIS;
  }

  /** The variable a key comes from, if it comes from one. */
  private static String variable(JsonNode key) {
    Matcher placeholder =
        PLACEHOLDER.matcher(key.isArray() ? key.path(0).asText("") : key.asText(""));
    return placeholder.matches() && placeholder.group(1).isEmpty() ? placeholder.group(2) : "";
  }

  private static String fill(String value, UnaryOperator<@Nullable String> environment) {
    return PLACEHOLDER
        .matcher(value)
        .replaceAll(
            match -> {
              if (!match.group(1).isEmpty()) {
                return Matcher.quoteReplacement(match.group().substring(1));
              }
              String found = environment.apply(match.group(2));
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
