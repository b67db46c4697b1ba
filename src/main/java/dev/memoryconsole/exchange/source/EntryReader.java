package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Reads a memory as the plugin writes it, field for field. */
public final class EntryReader {
  private static final int LONG_DIGITS = 18;

  private EntryReader() {}

  /** The memory in a value of the file. */
  public static MemoryEntry read(JsonNode node) throws BadEntryException {
    if (!node.isObject()) {
      throw new BadEntryException(SourceCode.NO_OBJECT.with());
    }
    String id = text(node, "id");
    if (id == null || id.isBlank()) {
      throw new BadEntryException(SourceCode.NO_ID.with());
    }
    String content = text(node, "text");
    if (content == null) {
      throw new BadEntryException(SourceCode.NO_TEXT.with());
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
  private static @Nullable String metadata(@Nullable JsonNode node) throws BadEntryException {
    if (node == null || node.isNull()) {
      return null;
    }
    if (!Texts.areWhole(node)) {
      throw new BadEntryException(SourceCode.NOT_WHOLE.with());
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
      throw new BadEntryException(SourceCode.OUT_OF_RANGE.with("timestamp"));
    }
    return floor.longValueExact();
  }

  private static @Nullable String text(JsonNode node, String key) throws BadEntryException {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new BadEntryException(SourceCode.NO_STRING.with(key));
    }
    if (!Texts.isWhole(value.textValue())) {
      throw new BadEntryException(SourceCode.NOT_WHOLE.with());
    }
    return value.textValue();
  }

  private static @Nullable BigDecimal number(JsonNode node, String key) throws BadEntryException {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || (!value.isBigDecimal() && !Double.isFinite(value.doubleValue()))) {
      throw new BadEntryException(SourceCode.NO_NUMBER.with(key));
    }
    BigDecimal number = value.decimalValue();
    if (Math.abs((long) number.precision() - number.scale()) > 300 || number.scale() > 400) {
      throw new BadEntryException(SourceCode.OUT_OF_RANGE.with(key));
    }
    return number;
  }
}
