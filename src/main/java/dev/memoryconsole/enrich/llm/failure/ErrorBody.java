package dev.memoryconsole.enrich.llm.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What an endpoint says went wrong, wherever it says it: OpenAI's {@code error.message}, the same
 * without the envelope (vLLM), in an array (Gemini), as a text (LM Studio, Ollama), {@code detail}
 * as a text or a list (FastAPI), {@code errors} (Cloudflare), what a router's provider said
 * (OpenRouter), a web page, or plain text.
 *
 * @param message the endpoint's own words; empty if there are none
 * @param lower all of the body that is read, in lower case, to look for what it is about
 * @param status the status it names itself, 400 to 599; 0 if none
 */
public record ErrorBody(String message, String lower, int status) {
  private static final int LONGEST = 20_000;
  private static final int MOST_PARTS = 3;
  private static final List<String> MESSAGES =
      List.of(
          "message",
          "msg",
          "detail",
          "error_msg",
          "errormessage",
          "error_description",
          "title",
          "description",
          "reason",
          "info");
  private static final Pattern TITLE = Pattern.compile("(?is)<(title|h1)[^>]*>(.*?)</\\1>");
  private static final Pattern MARKUP =
      Pattern.compile("(?is)<(script|style)[^>]*>.*?</\\1>|<!--.*?-->|<[^>]*>");

  /** Reads a body; any text will do. */
  public static ErrorBody of(String body) {
    String text = body.length() > LONGEST ? body.substring(0, LONGEST) : body;
    String lower = text.toLowerCase(Locale.ROOT);
    if (isPage(text)) {
      return new ErrorBody(ofPage(text), lower, 0);
    }
    JsonNode json = json(body);
    if (json.isObject() || json.isArray()) {
      Set<String> said = new LinkedHashSet<>();
      collect(json, said, 0);
      return new ErrorBody(
          said.stream().limit(MOST_PARTS).collect(Collectors.joining("; ")), lower, status(json));
    }
    return new ErrorBody(json.isTextual() ? json.asText() : text, lower, 0);
  }

  /** Whether it is a web page. */
  public static boolean isPage(String body) {
    return body.stripLeading().startsWith("<");
  }

  /** Whether the body of a call that went well reports a failure all the same. */
  public static boolean isError(JsonNode body) {
    JsonNode json = unwrapped(body);
    return isSomething(json.path("error"))
        || isSomething(json.path("errors"))
        || isSomething(json.path("detail"))
        || json.path("object").asText().equals("error")
        || json.path("type").asText().equals("error")
        || (json.path("success").isBoolean() && !json.path("success").booleanValue())
        || (isSomething(json.path("message"))
            && !json.path("message").isObject()
            && (json.has("code") || json.has("status") || json.has("msg") || json.size() == 1))
        || isSomething(json.path("error_msg"))
        || isSomething(json.path("error_code"));
  }

  private static boolean isSomething(JsonNode node) {
    return node.isTextual()
        ? !node.asText().isBlank()
        : node.isContainerNode() ? !node.isEmpty() : node.isNumber() || node.asBoolean(false);
  }

  private static JsonNode unwrapped(JsonNode json) {
    return json.isArray() && json.path(0).isObject() ? json.path(0) : json;
  }

  private static JsonNode json(String body) {
    try {
      JsonNode json = LenientJson.MAPPER.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }

  private static void collect(JsonNode node, Set<String> said, int depth) {
    if (depth > 6 || said.size() >= MOST_PARTS) {
      return;
    }
    if (node.isTextual()) {
      add(node.asText(), said, depth);
    } else if (node.isArray()) {
      node.forEach(one -> collect(one, said, depth + 1));
    } else if (node.isObject()) {
      collectObject(node, said, depth);
    }
  }

  private static void collectObject(JsonNode node, Set<String> said, int depth) {
    if (node.path("loc").isArray() && node.has("msg")) {
      // FastAPI's: where it is, and what is wrong there.
      String place =
          StreamSupport.stream(node.path("loc").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining("."));
      said.add(place + ": " + node.path("msg").asText());
      return;
    }
    List<JsonNode> places = new ArrayList<>();
    places.add(node.path("error"));
    node.properties()
        .forEach(
            field -> {
              if (MESSAGES.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                places.add(field.getValue());
              }
            });
    places.add(node.path("errors"));
    // A router says that its provider failed, and below what that said.
    places.add(node.path("metadata").path("raw"));
    places.add(node.path("failed_generation"));
    places.forEach(place -> collect(place, said, depth + 1));
    if (said.isEmpty()) {
      for (String key : List.of("code", "type", "status", "error_code")) {
        JsonNode value = node.path(key);
        if (value.isTextual() && !value.asText().isBlank()) {
          said.add(value.asText());
          return;
        }
      }
    }
  }

  private static void add(String text, Set<String> said, int depth) {
    String stripped = text.strip();
    if (stripped.startsWith("{") || stripped.startsWith("[{")) {
      JsonNode inner = json(stripped);
      if (inner.isContainerNode()) {
        int before = said.size();
        collect(inner, said, depth + 1);
        if (said.size() > before) {
          return;
        }
      }
    }
    if (!stripped.isEmpty()) {
      said.add(isPage(stripped) ? ofPage(stripped) : stripped);
    }
  }

  private static int status(JsonNode json) {
    JsonNode top = unwrapped(json);
    for (JsonNode place : List.of(top.path("error"), top)) {
      for (String key : List.of("code", "status", "status_code", "statusCode")) {
        int status = place.path(key).asInt(0);
        if (status >= 400 && status <= 599) {
          return status;
        }
      }
    }
    return 0;
  }

  private static String ofPage(String page) {
    Matcher title = TITLE.matcher(page);
    while (title.find()) {
      String words = MARKUP.matcher(title.group(2)).replaceAll(" ").strip();
      if (!words.isEmpty()) {
        return words;
      }
    }
    return MARKUP.matcher(page).replaceAll(" ").strip();
  }
}
