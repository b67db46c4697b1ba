package dev.memoryconsole.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the smart metadata that a row lacks, by the table in src/docs/merge.md. A valid value
 * already there always wins; it is brought into the plugin's form (trimmed, floored, clamped) as
 * the plugin itself would.
 */
final class SmartDefaults {
  private static final Set<String> TIERS = Set.of("core", "working", "peripheral");
  private static final Set<String> STATES = Set.of("pending", "confirmed", "archived");
  private static final Set<String> LAYERS = Set.of("reflection", "archive", "durable", "working");
  private static final Set<String> SOURCES =
      Set.of(
          "manual", "auto-capture", "reflection", "dreaming-engine", "session-summary", "legacy");
  private static final Set<String> REFLECTING =
      Set.of("reflection", "dreaming-engine", "session-summary");
  private static final BigDecimal DEFAULT_CONFIDENCE = new BigDecimal("0.7");
  // As JavaScript reads a number: no digits of other scripts, which Java would take.
  private static final Pattern NUMERIC =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final int SOURCES_KEPT = 20;
  private static final int HISTORY_KEPT = 50;
  private static final int RELATIONS_KEPT = 16;

  private final ObjectNode object;
  private final MemoryEntry row;
  private final MemoryCategory mapped;
  private final long timestamp;

  /**
   * @param object the row's own metadata, changed in place
   * @param row the row as re-read
   * @param mapped the category the old column maps to
   * @param now stands in for a row without a timestamp
   */
  SmartDefaults(ObjectNode object, MemoryEntry row, MemoryCategory mapped, long now) {
    this.object = object;
    this.row = row;
    this.mapped = mapped;
    Long own = row.timestampMillis();
    this.timestamp = own == null ? now : own;
  }

  void fill() {
    String abstractLine = layer(Keys.L0, row.text());
    layer(Keys.L1, "- " + abstractLine);
    layer(Keys.L2, row.text());
    choice(Keys.TIER, TIERS, "working");
    count(Keys.ACCESS_COUNT, 0);
    confidence();
    count("last_accessed_at", timestamp);
    validity();
    sourceStateAndLayer();
    count("injected_count", 0);
    count("bad_recall_count", 0);
    count("suppressed_until_turn", 0);
    optionalNumber("last_injected_at", 0);
    optionalNumber("last_confirmed_use_at", 0);
    suppressedUntil();
    if (!valid("memory_temporal_type", Set.of("static", "dynamic"))) {
      object.remove("memory_temporal_type");
    }
    for (String key :
        new String[] {"supersedes", "superseded_by", "canonical_id", "source_session"}) {
      optionalText(key);
    }
    factKey(abstractLine);
    cap("sources", SOURCES_KEPT, true);
    cap("history", HISTORY_KEPT, true);
    cap("relations", RELATIONS_KEPT, false);
  }

  /** A layer's own value, trimmed, or the default; written and returned. */
  private String layer(String key, String fallback) {
    String own = text(key);
    String value = JsText.isBlank(own) ? fallback : JsText.trim(own);
    object.put(key, value);
    return value;
  }

  private void validity() {
    OptionalLong from = number("valid_from");
    long validFrom = from.isPresent() && from.getAsLong() > 0 ? from.getAsLong() : timestamp;
    put("valid_from", validFrom);
    optionalNumber("valid_until", 0);
    optionalNumber("invalidated_at", validFrom);
  }

  private void suppressedUntil() {
    JsonNode own = object.get("suppressed_until_ms");
    if (own == null || own.isNull()) {
      object.remove("suppressed_until_ms");
    } else {
      count("suppressed_until_ms", 0);
    }
  }

  private void sourceStateAndLayer() {
    String type = text(Keys.TYPE);
    boolean session = type.equals("session-summary");
    boolean reflection = type.startsWith("memory-reflection");
    String source =
        choice(
            Keys.SOURCE,
            SOURCES,
            session ? "session-summary" : reflection ? "reflection" : "legacy");
    boolean archived = session || source.equals("session-summary");
    String state = choice(Keys.STATE, STATES, archived ? "archived" : "confirmed");
    choice(Keys.MEMORY_LAYER, LAYERS, defaultLayer(type, source, state));
  }

  private String defaultLayer(String type, String source, String state) {
    if (REFLECTING.contains(source) && !type.equals("memory-reflection-mapped")) {
      return "reflection";
    }
    if (state.equals("archived")) {
      return "archive";
    }
    return switch (mapped) {
      case PROFILE, PREFERENCES, EVENTS -> "durable";
      case ENTITIES, CASES, PATTERNS -> "working";
    };
  }

  private void factKey(String abstractLine) {
    if (!optionalText(Keys.FACT_KEY)) {
      FactKey.of(mapped, abstractLine).ifPresent(key -> object.put(Keys.FACT_KEY, key));
    }
  }

  private void confidence() {
    JsonNode own = object.get("confidence");
    Optional<BigDecimal> known = decimal(own);
    BigDecimal value = known.orElse(DEFAULT_CONFIDENCE);
    if (value.signum() < 0) {
      object.put("confidence", 0);
    } else if (value.compareTo(BigDecimal.ONE) > 0) {
      object.put("confidence", 1);
    } else if (known.isEmpty() || own == null || !own.isNumber()) {
      object.put("confidence", new BigDecimal(value.stripTrailingZeros().toPlainString()));
    }
  }

  private String choice(String key, Set<String> valid, String fallback) {
    String value = valid(key, valid) ? text(key) : fallback;
    object.put(key, value);
    return value;
  }

  private boolean valid(String key, Set<String> valid) {
    return valid.contains(text(key));
  }

  private void count(String key, long fallback) {
    OptionalLong own = number(key);
    put(key, own.isPresent() && own.getAsLong() >= 0 ? own.getAsLong() : fallback);
  }

  /** Keeps a number of at least {@code least}, floored, and removes anything else. */
  private void optionalNumber(String key, long least) {
    OptionalLong own = number(key);
    if (own.isPresent() && own.getAsLong() >= least) {
      put(key, own.getAsLong());
    } else {
      object.remove(key);
    }
  }

  /** Keeps a non-blank string, trimmed, and removes anything else. */
  private boolean optionalText(String key) {
    String own = text(key);
    if (JsText.isBlank(own)) {
      object.remove(key);
      return false;
    }
    object.put(key, JsText.trim(own));
    return true;
  }

  /** A finite number, floored; numeric strings count, as they do for the plugin. */
  private OptionalLong number(String key) {
    JsonNode own = object.get(key);
    return decimal(own)
        .map(value -> value.setScale(0, RoundingMode.FLOOR))
        .filter(value -> value.precision() <= 18)
        .map(value -> OptionalLong.of(value.longValueExact()))
        .orElse(OptionalLong.empty());
  }

  private static Optional<BigDecimal> decimal(@Nullable JsonNode node) {
    if (node == null) {
      return Optional.empty();
    }
    String text = node.isTextual() ? JsText.trim(node.textValue()) : "";
    if (!node.isNumber() && !NUMERIC.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      BigDecimal value = node.isNumber() ? node.decimalValue() : new BigDecimal(text);
      // Anything beyond a double is Infinity to the plugin, and huge scales would be slow here.
      return Math.abs((long) value.precision() - value.scale()) > 300
          ? Optional.empty()
          : Optional.of(value);
    } catch (NumberFormatException exponentTooLarge) {
      return Optional.empty();
    }
  }

  /** Writes a number, but leaves an equal one in the form it has. */
  private void put(String key, long value) {
    JsonNode own = object.get(key);
    boolean same =
        own != null
            && own.isNumber()
            && own.decimalValue().compareTo(BigDecimal.valueOf(value)) == 0;
    if (!same) {
      object.put(key, value);
    }
  }

  private void cap(String key, int most, boolean last) {
    if (object.get(key) instanceof ArrayNode array) {
      while (array.size() > most) {
        array.remove(last ? 0 : array.size() - 1);
      }
    }
  }

  private String text(String key) {
    JsonNode node = object.get(key);
    return node != null && node.isTextual() ? node.textValue() : "";
  }
}
