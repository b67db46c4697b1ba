package dev.memoryconsole.upgrade.interleaving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metadata as the agents and the oracle see it. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  private Json() {}

  /** The keys and values; null if it is no object. */
  static @Nullable Map<String, JsonNode> object(@Nullable String metadata) {
    if (metadata == null) {
      return null;
    }
    try {
      if (!(MAPPER.readTree(metadata) instanceof ObjectNode object)) {
        return null;
      }
      Map<String, JsonNode> keys = new LinkedHashMap<>();
      object.properties().forEach(key -> keys.put(key.getKey(), key.getValue()));
      return keys;
    } catch (JsonProcessingException noJson) {
      return null;
    }
  }

  static Map<String, JsonNode> objectOrEmpty(@Nullable String metadata) {
    Map<String, JsonNode> object = object(metadata);
    return object == null ? new LinkedHashMap<>() : object;
  }

  static String write(Map<String, JsonNode> object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode text(String value) {
    return MAPPER.getNodeFactory().textNode(value);
  }

  static JsonNode number(long value) {
    return MAPPER.getNodeFactory().numberNode(value);
  }

  /** Whether these are one value; null is an absent one. */
  static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.equals(BY_VALUE, other);
  }
}
