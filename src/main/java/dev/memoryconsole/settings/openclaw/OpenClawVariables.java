package dev.memoryconsole.settings.openclaw;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The variables that OpenClaw's configuration may name, from where its gateway has them: the
 * environment, else the file {@code .env} beside the configuration, else the block {@code env} in
 * it. Their values are shown by nothing. Immutable.
 */
final class OpenClawVariables {
  private static final Logger LOG = LoggerFactory.getLogger(OpenClawVariables.class);
  private static final long LARGEST = 1_000_000;
  private static final Pattern PLACEHOLDER = Pattern.compile("(\\$?)\\$\\{([A-Z_][A-Z0-9_]*)}");
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?:export\\s+)?([\\w.-]+)\\s*=\\s*('[^']*'|\"[^\"]*\"|`[^`]*`|[^#]*)(?:#.*)?");

  private final UnaryOperator<@Nullable String> environment;
  private final Map<String, String> others;

  private OpenClawVariables(
      UnaryOperator<@Nullable String> environment, Map<String, String> others) {
    this.environment = environment;
    this.others = others;
  }

  /**
   * Looks up the variables of a configuration.
   *
   * @param root what it says, with all that it includes
   * @param file where it is
   * @param environment looks up variables of this process
   */
  static OpenClawVariables of(
      JsonNode root, Path file, UnaryOperator<@Nullable String> environment) {
    Map<String, String> others = new HashMap<>();
    JsonNode block = root.path("env");
    block.properties().forEach(field -> put(others, field));
    block.path("vars").properties().forEach(field -> put(others, field));
    others.putAll(dotenv(file.toAbsolutePath().resolveSibling(".env")));
    return new OpenClawVariables(environment, others);
  }

  private static void put(Map<String, String> variables, Map.Entry<String, JsonNode> field) {
    if (field.getValue().isTextual()) {
      variables.put(field.getKey(), field.getValue().textValue());
    }
  }

  private static Map<String, String> dotenv(Path file) {
    Map<String, String> variables = new HashMap<>();
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return variables;
      }
      // Byte by byte: a character that is not UTF-8 must not cost the rest.
      for (String line :
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\\R", -1)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          variables.put(matcher.group(1), unquoted(matcher.group(2).strip()));
        }
      }
    } catch (IOException e) {
      // What it would have set is reported as not set, where it is needed.
      LOG.warn("{} can't be read", file, e);
    }
    return variables;
  }

  private static String unquoted(String value) {
    if (value.length() > 1
        && "'\"`".indexOf(value.charAt(0)) >= 0
        && value.charAt(0) == value.charAt(value.length() - 1)) {
      String inner = value.substring(1, value.length() - 1);
      return value.charAt(0) == '"' ? inner.replace("\\n", "\n") : inner;
    }
    return value;
  }

  /** A variable's value; empty if it is not set, which an empty one counts as. */
  String value(String name) {
    String here = environment.apply(name);
    return here == null || here.isBlank() ? others.getOrDefault(name, "") : here;
  }

  /** The text with its variables filled in; one that is not set stays as it is written. */
  String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> {
              String written = match.group();
              if (!match.group(1).isEmpty()) {
                return Matcher.quoteReplacement(written.substring(1));
              }
              String value = value(match.group(2));
              return Matcher.quoteReplacement(value.isEmpty() ? written : value);
            });
  }

  /** The first variable in these texts that is not set; empty if all are. */
  String unset(String... texts) {
    for (String text : texts) {
      Matcher placeholder = PLACEHOLDER.matcher(text);
      while (placeholder.find()) {
        if (placeholder.group(1).isEmpty() && value(placeholder.group(2)).isEmpty()) {
          return placeholder.group(2);
        }
      }
    }
    return "";
  }

  /** The variable that a text is and nothing else; empty if it is something else. */
  static String named(String text) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    return placeholder.matches() && placeholder.group(1).isEmpty() ? placeholder.group(2) : "";
  }
}
