package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How another tool's memories become ours: which of its fields is the text, the id, the time, the
 * category and the scope. All its fields except the text are kept unchanged in the metadata, under
 * {@code imported}. Immutable.
 */
public final class FieldMapping {
  /** Metadata key under which the other tool's fields are kept. */
  public static final String IMPORTED = "imported";

  private static final Set<String> CATEGORIES =
      Set.of("preference", "fact", "decision", "entity", "other");
  private static final BigDecimal LEAST_MILLIS = new BigDecimal("1e12");
  private static final int LONG_DIGITS = 18;

  /** One of our fields. */
  public enum Field {
    TEXT,
    ID,
    TIME,
    CATEGORY,
    SCOPE;

    private List<String> usual() {
      return switch (this) {
        case TEXT -> Fields.TEXT;
        case ID -> Fields.ID;
        case TIME -> Fields.TIME;
        case CATEGORY -> Fields.CATEGORY;
        case SCOPE -> Fields.SCOPE;
      };
    }
  }

  private final SourceFormat format;
  private final Map<Field, List<String>> names;

  private FieldMapping(SourceFormat format, Map<Field, List<String>> names) {
    this.format = format;
    this.names = names;
  }

  /** The mapping with the usual names of a format's fields. */
  public static FieldMapping of(SourceFormat format) {
    Map<Field, List<String>> names = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      names.put(field, field.usual());
    }
    return new FieldMapping(format, names);
  }

  /**
   * Returns a copy with another name for a field. Dots lead into objects; an empty name leaves the
   * field out.
   */
  public FieldMapping with(Field field, String name) {
    Map<Field, List<String>> changed = new EnumMap<>(names);
    changed.put(field, name.isEmpty() ? List.of() : List.of(name));
    return new FieldMapping(format, changed);
  }

  /** Returns a copy with other names for some fields; see {@link #with(Field, String)}. */
  public FieldMapping with(Map<Field, String> named) {
    FieldMapping mapping = this;
    for (Map.Entry<Field, String> each : named.entrySet()) {
      mapping = mapping.with(each.getKey(), each.getValue());
    }
    return mapping;
  }

  /** Whether somebody said where the text is, so that the file need not look like memories. */
  public boolean namesText() {
    return !names(Field.TEXT).equals(Field.TEXT.usual());
  }

  /** The name under which most of these values keep a field; empty if none has it. */
  public String nameOf(Field field, Collection<JsonNode> values) {
    String most = "";
    long best = 0;
    for (String name : names(field)) {
      long found = values.stream().filter(value -> Fields.at(value, name) != null).count();
      if (found > best) {
        best = found;
        most = name;
      }
    }
    return most;
  }

  /** The memories in one value of the file; several only where a value is a page of them. */
  public List<MemoryEntry> entries(JsonNode value) throws BadEntryException {
    if (format != SourceFormat.CLAUDE) {
      return List.of(entry(value));
    }
    List<MemoryEntry> entries = new ArrayList<>();
    for (JsonNode memory : ClaudeMemories.of(value)) {
      entries.add(entry(memory));
    }
    if (entries.isEmpty()) {
      throw new BadEntryException(SourceCode.NO_PAGE.with());
    }
    return entries;
  }

  private MemoryEntry entry(JsonNode value) throws BadEntryException {
    if (!value.isObject() && !value.isTextual()) {
      throw new BadEntryException(SourceCode.NEITHER_OBJECT_NOR_STRING.with());
    }
    if (!Texts.areWhole(value)) {
      throw new BadEntryException(SourceCode.NOT_WHOLE.with());
    }
    // Many a tool keeps no more than a list of sentences.
    String text = text(value.isTextual() ? value : find(value, Field.TEXT));
    if (text.isBlank()) {
      throw new BadEntryException(SourceCode.NO_TEXT_UNDER.with(names(Field.TEXT)));
    }
    String scope = scope(value);
    return new MemoryEntry(
        id(value, scope, text),
        text,
        category(find(value, Field.CATEGORY)),
        scope,
        importance(value.get("importance")),
        time(find(value, Field.TIME)),
        metadata(value),
        0);
  }

  private List<String> names(Field field) {
    return names.getOrDefault(field, List.of());
  }

  private @Nullable JsonNode find(JsonNode value, Field field) {
    return Fields.first(value, names(field));
  }

  /** A string, or the strings of a list or of its text parts, one a line. */
  private static String text(@Nullable JsonNode node) {
    if (node == null) {
      return "";
    }
    if (!node.isArray()) {
      return node.isTextual() ? node.textValue() : "";
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode part : node) {
      String text = part.isTextual() ? part.textValue() : part.path("text").asText("");
      if (!text.isBlank()) {
        parts.add(text);
      }
    }
    return String.join("\n", parts);
  }

  /** The memory's own id, or else one that it gets again whenever the file is imported again. */
  private String id(JsonNode value, String scope, String text) {
    JsonNode id = find(value, Field.ID);
    if (id != null && id.isValueNode() && !id.asText().isBlank()) {
      return id.asText();
    }
    String name = format + "\n" + scope + "\n" + text;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String category(@Nullable JsonNode node) {
    JsonNode first = node != null && node.isArray() ? node.path(0) : node;
    String word = first == null ? "" : first.asText("").strip().toLowerCase(Locale.ROOT);
    return CATEGORIES.contains(word) ? word : "other";
  }

  /** Writes a scope as the plugin does: {@code user:sam}, {@code agent:main}, {@code project:x}. */
  private String scope(JsonNode value) {
    for (String name : names(Field.SCOPE)) {
      JsonNode found = Fields.at(value, name);
      if (found != null && found.isValueNode() && !found.asText().isBlank()) {
        String word = found.asText().strip();
        String last = name.substring(name.lastIndexOf('.') + 1);
        return switch (last) {
          case "user_id", "userId" -> "user:" + word;
          case "agent_id", "agentId" -> "agent:" + word;
          case "project" -> "project:" + word;
          default -> word;
        };
      }
    }
    return "global";
  }

  private static @Nullable Double importance(@Nullable JsonNode node) {
    if (node == null || !node.isNumber()) {
      return null;
    }
    double value = node.doubleValue();
    return value >= 0 && value <= 1 ? value : null;
  }

  /**
   * Converts seconds, milliseconds, or a date and time to milliseconds; null if it is none of
   * these.
   */
  private static @Nullable Long time(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    if (node.isTextual()) {
      return time(node.textValue().strip());
    }
    boolean finite = node.isBigDecimal() || Double.isFinite(node.doubleValue());
    return node.isNumber() && finite ? millis(node.decimalValue()) : null;
  }

  private static @Nullable Long time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException notWithOffset) {
      // The next form.
    }
    try {
      return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException notWithTime) {
      // The next form.
    }
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    } catch (DateTimeException notADate) {
      // The next form.
    }
    try {
      return millis(new BigDecimal(text));
    } catch (NumberFormatException noTime) {
      return null;
    }
  }

  private static @Nullable Long millis(BigDecimal number) {
    if (Math.abs((long) number.precision() - number.scale()) > LONG_DIGITS) {
      return null;
    }
    BigDecimal millis = number.compareTo(LEAST_MILLIS) < 0 ? number.movePointRight(3) : number;
    BigDecimal whole = millis.setScale(0, RoundingMode.FLOOR);
    return whole.signum() < 0
            || whole.compareTo(BigDecimal.valueOf(Instant.MAX.getEpochSecond())) > 0
        ? null
        : whole.longValueExact();
  }

  private String metadata(JsonNode value) {
    ObjectNode rest = value.isObject() ? value.deepCopy() : JsonSource.MAPPER.createObjectNode();
    for (String name : names(Field.TEXT)) {
      if (rest.has(name)) {
        rest.remove(name);
        break;
      }
    }
    ObjectNode metadata = JsonSource.MAPPER.createObjectNode();
    metadata
        .putObject(IMPORTED)
        .put("from", format.name().toLowerCase(Locale.ROOT))
        .set("fields", rest);
    return MetadataJson.write(metadata);
  }
}
