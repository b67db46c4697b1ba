package dev.memoryconsole.memory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the metadata column without disturbing what is not ours: numbers keep their
 * digits and keys their order. Thread-safe.
 */
public final class MetadataJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  // An error text must not quote a memory.
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  // 1E+400 stays as it is instead of becoming 401 digits.
                  .disable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private MetadataJson() {}

  /** The object in this metadata, or empty if it is missing or no JSON object. */
  public static Optional<ObjectNode> object(@Nullable String metadata) {
    if (metadata == null || metadata.isBlank()) {
      return Optional.empty();
    }
    try {
      return MAPPER.readTree(metadata) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** Whether a text is JSON, an object or any other value. */
  public static boolean isJson(String text) {
    // As if it were read, without making a tree of it.
    try (JsonParser parser = MAPPER.createParser(text)) {
      int values = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
          BigDecimal unused = parser.getDecimalValue();
        }
        if (parser.getParsingContext().inRoot()) {
          values++;
        }
      }
      return values == 1;
    } catch (IOException | NumberFormatException notJson) {
      return false;
    }
  }

  /** The object in this metadata; a new empty one if there is none. */
  public static ObjectNode objectOrEmpty(@Nullable String metadata) {
    return object(metadata).orElseGet(MAPPER::createObjectNode);
  }

  /** Writes compact JSON. A lone surrogate becomes an escape, so that it survives UTF-8. */
  public static String write(JsonNode node) {
    try {
      return escapeLoneSurrogates(MAPPER.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree can always be written.", e);
    }
  }

  private static String escapeLoneSurrogates(String json) {
    StringBuilder escaped = null;
    for (int i = 0; i < json.length(); i++) {
      char unit = json.charAt(i);
      boolean pair =
          Character.isHighSurrogate(unit)
              && i + 1 < json.length()
              && Character.isLowSurrogate(json.charAt(i + 1));
      if (pair) {
        if (escaped != null) {
          escaped.append(unit).append(json.charAt(i + 1));
        }
        i++;
      } else if (Character.isSurrogate(unit)) {
        if (escaped == null) {
          escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
        }
        escaped.append(String.format("\\u%04x", (int) unit));
      } else if (escaped != null) {
        escaped.append(unit);
      }
    }
    return escaped == null ? json : escaped.toString();
  }
}
