package dev.memoryconsole.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages as the journal keeps them: {@code {"code":"store.closed","with":["a.db"]}}, and verbatim
 * words as they are, which is what older programs kept. Stateless.
 */
public final class MessageText {
  private static final String CODE = "code";
  private static final String WITH = "with";
  private static final String DURATION = "duration";
  private static final String INSTANT = "instant";
  private static final String START = "{\"" + CODE + "\":\"";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private MessageText() {}

  /** The text to keep. */
  public static String write(Message message) {
    if (message.code().equals(Message.VERBATIM)) {
      String words = String.valueOf(message.arguments().getFirst());
      if (!words.startsWith(START)) {
        return words;
      }
    }
    return json(message).toString();
  }

  /** What was kept; anything that is no message of ours is taken as words. */
  public static Message read(String text) {
    if (!text.startsWith(START)) {
      return Message.verbatim(text);
    }
    try {
      return message(JSON.readTree(text));
    } catch (JsonProcessingException | DateTimeException | ArithmeticException e) {
      return Message.verbatim(text);
    }
  }

  private static ObjectNode json(Message message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put(CODE, message.code());
    if (!message.arguments().isEmpty()) {
      ArrayNode with = json.putArray(WITH);
      message.arguments().forEach(argument -> with.add(json(argument)));
    }
    return json;
  }

  private static JsonNode json(Object argument) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (argument) {
      case Long number -> nodes.numberNode(number);
      case Double number -> nodes.numberNode(number);
      case Duration duration -> nodes.objectNode().put(DURATION, duration.toString());
      case Instant instant -> nodes.objectNode().put(INSTANT, instant.toString());
      case Message message -> json(message);
      case List<?> parts -> {
        ArrayNode array = nodes.arrayNode();
        parts.forEach(part -> array.add(json(part)));
        yield array;
      }
      default -> nodes.textNode(argument.toString());
    };
  }

  private static Message message(JsonNode json) {
    List<Object> arguments = new ArrayList<>();
    json.path(WITH).forEach(argument -> arguments.add(argument(argument)));
    String code = json.path(CODE).asText();
    boolean whole = !code.equals(Message.VERBATIM) || arguments.size() == 1;
    return whole ? new Message(code, arguments) : Message.verbatim(json.toString());
  }

  private static Object argument(JsonNode json) {
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return json.longValue();
    }
    if (json.isNumber()) {
      return json.doubleValue();
    }
    if (json.isArray()) {
      List<Object> parts = new ArrayList<>();
      json.forEach(part -> parts.add(part.path(CODE).isTextual() ? message(part) : part.asText()));
      return List.copyOf(parts);
    }
    if (json.path(CODE).isTextual()) {
      return message(json);
    }
    if (json.path(DURATION).isTextual()) {
      return Duration.parse(json.path(DURATION).asText());
    }
    if (json.path(INSTANT).isTextual()) {
      return Instant.parse(json.path(INSTANT).asText());
    }
    return json.isTextual() ? json.asText() : json.toString();
  }
}
