package dev.memoryconsole.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** One memory as JSON, field for field. */
final class EntryJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  // An error text must not quote a memory.
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** One value and nothing behind it. */
  static final ObjectReader WHOLE =
      MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int LONG_DIGITS = 18;

  private EntryJson() {}

  /** A memory that can't be taken over; the message says why. */
  static final class BadEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    BadEntryException(String message) {
      super(message);
    }
  }

  static MemoryEntry read(JsonNode node) throws BadEntryException {
    if (!node.isObject()) {
      throw new BadEntryException("It is no JSON object.");
    }
    String id = text(node, "id");
    if (id == null || id.isBlank()) {
      throw new BadEntryException("It has no id.");
    }
    String content = text(node, "text");
    if (content == null) {
      throw new BadEntryException("It has no text.");
    }
    BigDecimal importance = number(node, "importance");
    return new MemoryEntry(
        id,
        content,
        text(node, "category"),
        text(node, "scope"),
        importance == null ? null : importance.doubleValue(),
        timestamp(node),
        metadata(node.get("metadata")),
        0);
  }

  /** The raw string, byte for byte; an object is taken as its compact form. */
  private static @Nullable String metadata(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    return node.isTextual() ? node.textValue() : MetadataJson.write(node);
  }

  private static @Nullable Long timestamp(JsonNode node) throws BadEntryException {
    BigDecimal value = number(node, "timestamp");
    if (value == null) {
      return null;
    }
    BigDecimal floor = value.setScale(0, RoundingMode.FLOOR);
    if (floor.precision() > LONG_DIGITS) {
      throw new BadEntryException("Its timestamp is out of range.");
    }
    return floor.longValueExact();
  }

  private static @Nullable String text(JsonNode node, String key) throws BadEntryException {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new BadEntryException("Its " + key + " is no string.");
    }
    return value.textValue();
  }

  private static @Nullable BigDecimal number(JsonNode node, String key) throws BadEntryException {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw new BadEntryException("Its " + key + " is no number.");
    }
    BigDecimal number = value.decimalValue();
    if (Math.abs((long) number.precision() - number.scale()) > 300 || number.scale() > 400) {
      throw new BadEntryException("Its " + key + " is out of range.");
    }
    return number;
  }

  static void write(JsonGenerator out, MemoryEntry entry) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", entry.id());
    out.writeStringField("text", entry.text());
    out.writeStringField("category", entry.category());
    out.writeStringField("scope", entry.scope());
    out.writeFieldName("importance");
    number(out, entry.importance());
    out.writeFieldName("timestamp");
    Long timestamp = entry.timestamp();
    if (timestamp == null) {
      out.writeNull();
    } else {
      out.writeNumber(timestamp);
    }
    out.writeStringField("metadata", entry.metadata());
    out.writeEndObject();
  }

  /** As JavaScript writes numbers: 1, not 1.0. */
  private static void number(JsonGenerator out, @Nullable Double value) throws IOException {
    if (value == null || !Double.isFinite(value)) {
      out.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.writeNumber(value.longValue());
    } else {
      out.writeNumber(value);
    }
  }
}
