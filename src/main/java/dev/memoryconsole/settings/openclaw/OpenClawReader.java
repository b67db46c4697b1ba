package dev.memoryconsole.settings.openclaw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.settings.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads OpenClaw's configuration. For one reading; not safe for use by many threads. */
public final class OpenClawReader {
  private static final List<String> PLUGINS = List.of("memory-lancedb-pro", "memory-lancedb-cip");
  private static final long LARGEST = 5_000_000;

  /** Made when a file is read: most starts need the place alone. */
  private static final class Json5 {
    static final JsonMapper MAPPER =
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
  }

  private final JsonNode root;
  private final Path folder;
  private final OpenClawVariables variables;

  private OpenClawReader(JsonNode root, Path file, OpenClawVariables variables) {
    this.root = root;
    this.folder = file.toAbsolutePath().resolveSibling("");
    this.variables = variables;
  }

  /** Where OpenClaw keeps it. */
  public static Path standardFile() {
    return OpenClawPlace.file(System::getenv, Workspace.home());
  }

  /**
   * Reads the file for the plugin to offer: the one that OpenClaw is told to use, else the first.
   *
   * @param environment looks up variables
   * @return empty if there is no such file or it does not configure the plugin
   * @throws OpenClawException if it can't be read or understood
   */
  public static Optional<OpenClawConfig> read(
      Path file, UnaryOperator<@Nullable String> environment) throws OpenClawException {
    List<OpenClawConfig> all = readAll(file, environment);
    return all.stream().filter(OpenClawConfig::inSlot).findFirst().or(() -> first(all));
  }

  private static Optional<OpenClawConfig> first(List<OpenClawConfig> all) {
    return all.stream().findFirst();
  }

  /**
   * Reads the file for the plugin and every fork of it that is switched on: there may be several,
   * each with a store of its own. First come those that are known by their name.
   *
   * @param environment looks up variables
   * @return empty if there is no such file or it does not configure the plugin
   * @throws OpenClawException if it can't be read or understood
   */
  public static List<OpenClawConfig> readAll(Path file, UnaryOperator<@Nullable String> environment)
      throws OpenClawException {
    if (Files.notExists(file)) {
      return List.of();
    }
    try {
      JsonNode root = OpenClawIncludes.resolve(parse(file, LARGEST), file, OpenClawReader::parse);
      OpenClawVariables variables = OpenClawVariables.of(root, file, environment);
      return new OpenClawReader(root, file, variables).plugins();
    } catch (OpenClawException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static JsonNode parse(Path file, long largest) throws IOException {
    try {
      if (Files.size(file) > largest) {
        throw new OpenClawException(OpenClawCode.TOO_LARGE.with(file), null);
      }
      return Json5.MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      // The library's own text may quote a key.
      throw new OpenClawException(
          OpenClawCode.NO_JSON5.with(file, e.getLocation().getLineNr()), null);
    } catch (OpenClawException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static OpenClawException unreadable(Path file, IOException e) {
    return new OpenClawException(OpenClawCode.UNREADABLE.with(file), e);
  }

  private List<OpenClawConfig> plugins() {
    List<OpenClawConfig> all = new ArrayList<>();
    JsonNode entries = root.path("plugins").path("entries");
    for (String name : PLUGINS) {
      if (isOn(entries.path(name))) {
        all.add(plugin(name, entries.path(name).path("config")));
      }
    }
    // A fork under a name of its own: known by its store.
    entries
        .properties()
        .forEach(
            entry -> {
              JsonNode config = entry.getValue().path("config");
              if (!PLUGINS.contains(entry.getKey())
                  && isOn(entry.getValue())
                  && config.path("dbPath").isTextual()) {
                OpenClawConfig fork = plugin(entry.getKey(), config);
                if (Files.isDirectory(fork.store().resolve("memories.lance"))) {
                  all.add(fork);
                }
              }
            });
    return List.copyOf(all);
  }

  private static boolean isOn(JsonNode entry) {
    return entry.isObject() && entry.path("enabled").asBoolean(true);
  }

  private OpenClawConfig plugin(String name, JsonNode config) {
    JsonNode llm = config.path("llm");
    // The plugin's own fallback: without a base URL of its own the model is where the embedder is.
    boolean own = llm.hasNonNull("baseURL");
    JsonNode endpoint = own ? llm : config.path("embedding");
    JsonNode key = llm.hasNonNull("apiKey") ? llm.path("apiKey") : endpoint.path("apiKey");
    boolean oauth = llm.path("auth").asText("").equals("oauth");
    String baseUrl = oauth ? "" : endpoint.path("baseURL").asText("");
    String model = oauth ? "" : llm.path("model").asText("");
    String dbPath = config.path("dbPath").asText("");
    return new OpenClawConfig(
        Path.of(store(dbPath)),
        name.equals(root.path("plugins").path("slots").path("memory").asText("")),
        variables.fill(baseUrl),
        variables.fill(model),
        oauth ? "" : keyVariable(key),
        redis(config, store(dbPath)),
        variables.unset(dbPath),
        variables.unset(baseUrl, model));
  }

  /**
   * The store's folder as the plugin names it: home expanded, absolute, without a slash at the end;
   * the real path only if its last part is a link.
   */
  private String store(String dbPath) {
    String path = variables.fill(dbPath).strip();
    Path named = folder.resolve("memory").resolve("lancedb-pro");
    try {
      if (path.startsWith("file://")) {
        named = Path.of(URI.create(path));
      } else if (path.equals("~") || path.startsWith("~/")) {
        named = Path.of(Workspace.home().toString(), path.substring(1));
      } else if (!path.isBlank()) {
        named = folder.resolve(path);
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

  private Optional<RedisLocking> redis(JsonNode config, String dbPath) {
    JsonNode redis = config.path("locking").path("redis");
    if (redis.path("enabled").isBoolean() && !redis.path("enabled").booleanValue()) {
      return Optional.empty();
    }
    String written = redis.path("url").asText("").strip();
    if (written.isEmpty()) {
      written = config.path("redisUrl").asText("").strip();
    }
    String url =
        written.isEmpty()
            ? variables.value(OpenClawConfig.REDIS_VARIABLE).strip()
            : variables.fill(written);
    String prefix = redis.path("keyPrefix").asText("");
    return url.isEmpty() && !redis.path("enabled").asBoolean(false)
        ? Optional.empty()
        : Optional.of(
            new RedisLocking(
                new Secret(url),
                variables.fill(prefix).strip(),
                positive(redis.path("ttlMs").asLong(0)),
                dbPath,
                variables.unset(written, prefix)));
  }

  private static long positive(long ttlMillis) {
    return ttlMillis > 0 ? ttlMillis : RedisLocking.TTL_MILLIS;
  }

  /** The variable a key comes from, if it comes from one. */
  private static String keyVariable(JsonNode key) {
    return OpenClawVariables.named(key.isArray() ? key.path(0).asText("") : key.asText(""));
  }
}
