package dev.memoryconsole.exchange.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoryconsole.memory.MemoryEntry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes one memory as JSON, field for field. */
public final class EntryJson {
  /** Without any setting. */
  public static final JsonMapper MAPPER = new JsonMapper();

  private EntryJson() {}

  /** Writes it. */
  public static void write(JsonGenerator out, MemoryEntry entry) throws IOException {
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

  /** Writes a number as JavaScript does: 1, not 1.0. */
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
