package dev.memoryconsole.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.memoryconsole.memory.MemoryEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads one memory from the parser's current object, and leaves the parser at that object's end.
 */
final class EntryReader {
  private static final BigDecimal LARGEST_TIME = BigDecimal.valueOf(Long.MAX_VALUE);

  private final JsonFactory factory;
  private @Nullable String id;
  private @Nullable String text;
  private @Nullable String category;
  private @Nullable String scope;
  private @Nullable Double importance;
  private @Nullable Long timestamp;
  private @Nullable String metadata;
  private @Nullable String problem;
  private boolean isMemory;

  EntryReader(JsonFactory factory) {
    this.factory = factory;
  }

  /** What a memory could be read as: an entry, or what is wrong with it. */
  sealed interface Result {
    /** A good one. */
    record Good(MemoryEntry entry) implements Result {}

    /**
     * A bad one.
     *
     * @param isMemory whether it has at least one of the keys that every memory has
     */
    record Bad(String reason, boolean isMemory) implements Result {}
  }

  Result read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return new Result.Bad("is not a JSON object", false);
    }
    id = text = category = scope = metadata = problem = null;
    importance = null;
    timestamp = null;
    isMemory = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      field(name, parser);
      parser.skipChildren();
    }
    return result();
  }

  private Result result() {
    String foundId = id;
    String foundText = text;
    if (problem != null) {
      return new Result.Bad(problem, isMemory);
    } else if (foundId == null || foundId.isBlank()) {
      return new Result.Bad("has no id", isMemory);
    } else if (foundText == null) {
      return new Result.Bad("has no text", isMemory);
    }
    return new Result.Good(
        new MemoryEntry(foundId, foundText, category, scope, importance, timestamp, metadata, 0));
  }

  private void field(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "id" -> {
        isMemory = true;
        id = string(name, parser);
      }
      case "text" -> {
        isMemory = true;
        text = string(name, parser);
      }
      case "category" -> category = string(name, parser);
      case "scope" -> scope = string(name, parser);
      case "metadata" ->
          metadata =
              parser.currentToken() == JsonToken.START_OBJECT
                  ? compact(parser)
                  : string(name, parser);
      case "importance" -> importance = number(name, parser) ? parser.getDoubleValue() : null;
      case "timestamp" -> timestamp = number(name, parser) ? time(parser) : null;
      default -> {}
    }
  }

  private @Nullable String string(String name, JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> null;
      default -> {
        problem = "%s is no string".formatted(name);
        yield null;
      }
    };
  }

  private boolean number(String name, JsonParser parser) {
    if (parser.currentToken().isNumeric()) {
      return true;
    }
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      problem = "%s is no number".formatted(name);
    }
    return false;
  }

  private @Nullable Long time(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.LONG
        || parser.getNumberType() == JsonParser.NumberType.INT) {
      return parser.getLongValue();
    }
    // As a double first: 1e999999999 as a whole number would have a billion digits.
    if (!(Math.abs(parser.getDoubleValue()) < LARGEST_TIME.doubleValue())) {
      problem = "timestamp is too large";
      return null;
    }
    return parser.getDecimalValue().setScale(0, RoundingMode.FLOOR).longValue();
  }

  private String compact(JsonParser parser) throws IOException {
    StringWriter written = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(written)) {
      // Event by event, to keep every digit of every number.
      int depth = 1;
      generator.copyCurrentEventExact(parser);
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw new JsonEOFException(parser, null, "ends inside the metadata");
        }
        generator.copyCurrentEventExact(parser);
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
    }
    return written.toString();
  }
}
