package dev.memoryconsole.enrich.llm.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.enrich.llm.failure.LenientJson;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object or string at a place in a text, and remembers which keys came twice. What it
 * reads in all is bounded, so that a text of nothing but braces takes no time. Confined to one
 * search.
 */
final class ObjectReader {
  private static final long MOST_CHARACTERS = 8_000_000;
  private static final int MOST_FAILURES = 2_000;

  private final IdentityHashMap<JsonNode, Set<String>> repeated = new IdentityHashMap<>();
  private long left = MOST_CHARACTERS;
  private int failures;
  private String copied = "";
  private char[] characters = {};

  /**
   * What was read.
   *
   * @param length of it in characters
   */
  record Read(JsonNode json, int length) {}

  /** What begins there; null if it is not complete. */
  @Nullable Read read(String text, int start) {
    if (isExhausted()) {
      return null;
    }
    // One copy for all the places in a text.
    if (!text.equals(copied)) {
      copied = text;
      characters = text.toCharArray();
    }
    try (JsonParser parser =
        LenientJson.MAPPER.createParser(characters, start, characters.length - start)) {
      try {
        JsonNode json = value(parser, parser.nextToken());
        if (json.isTextual()) {
          // A text is read to its end only now.
          parser.finishToken();
        }
        long end = parser.currentLocation().getCharOffset();
        left -= end;
        return new Read(json, Math.toIntExact(end));
      } catch (IOException incomplete) {
        failures++;
        left -= parser.currentLocation().getCharOffset();
        return null;
      }
    } catch (IOException noReader) {
      return null;
    }
  }

  /** Whether there was more to read than it reads. */
  boolean isExhausted() {
    return left <= 0 || failures >= MOST_FAILURES;
  }

  /** The keys that an object has more than once. */
  Set<String> repeatedIn(JsonNode object) {
    return repeated.getOrDefault(object, Set.of());
  }

  private JsonNode value(JsonParser parser, @Nullable JsonToken token) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (token == JsonToken.START_OBJECT) {
      return object(parser, nodes.objectNode());
    }
    if (token == JsonToken.START_ARRAY) {
      ArrayNode array = nodes.arrayNode();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        array.add(value(parser, next));
      }
      return array;
    }
    if (token == JsonToken.VALUE_STRING) {
      return nodes.textNode(parser.getText());
    }
    if (token == null || token == JsonToken.NOT_AVAILABLE) {
      throw new IOException("incomplete");
    }
    return token == JsonToken.VALUE_NULL ? nodes.nullNode() : nodes.pojoNode(parser.getText());
  }

  private ObjectNode object(JsonParser parser, ObjectNode object) throws IOException {
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_OBJECT;
        next = parser.nextToken()) {
      if (next != JsonToken.FIELD_NAME) {
        throw new IOException("incomplete");
      }
      String key = parser.currentName();
      if (object.has(key)) {
        repeated.computeIfAbsent(object, none -> new LinkedHashSet<>()).add(key);
      }
      object.set(key, value(parser, parser.nextToken()));
    }
    return object;
  }
}
