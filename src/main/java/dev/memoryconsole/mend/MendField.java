package dev.memoryconsole.mend;

import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.RowColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a mend may set in many memories at once: three keys of the metadata, three columns. */
public enum MendField {
  /** Whether the agent still recalls it. */
  STATE(Keys.STATE, null, List.of("pending", "confirmed", "archived")),
  /** How near at hand it is. */
  TIER(Keys.TIER, null, List.of("core", "working", "peripheral")),
  /** The category of the new kind. */
  MEMORY_CATEGORY(
      Keys.MEMORY_CATEGORY,
      null,
      Arrays.stream(MemoryCategory.values()).map(MemoryCategory::key).toList()),
  /** The old category. */
  CATEGORY(
      null,
      RowColumn.CATEGORY,
      List.of(
          "preference",
          "fact",
          "decision",
          "entity",
          "other",
          "reflection",
          "profile",
          "preferences",
          "entities",
          "events",
          "cases",
          "patterns")),
  /** Whose memory it is. */
  SCOPE(null, RowColumn.SCOPE, List.of()),
  /** 0 to 1. */
  IMPORTANCE(null, RowColumn.IMPORTANCE, List.of());

  private final @Nullable String metadataKey;
  private final @Nullable RowColumn column;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> choices;

  MendField(@Nullable String metadataKey, @Nullable RowColumn column, List<String> choices) {
    this.metadataKey = metadataKey;
    this.column = column;
    this.choices = choices;
  }

  /** The name that the admin types, and that the key or the column has. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The values to choose from; empty where there are no fixed ones. */
  public List<String> choices() {
    return choices;
  }

  /** The key in the metadata; null if it is a column. */
  public @Nullable String metadataKey() {
    return metadataKey;
  }

  /** The column; null if it is a key of the metadata. */
  public @Nullable RowColumn column() {
    return column;
  }

  /** The field of that name. */
  public static Optional<MendField> of(String key) {
    return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
  }

  /**
   * Reads a value as it is typed.
   *
   * @return a text, or a {@link Double} from 0 to 1 for the importance
   * @throws MendException if it is none of this field's
   */
  public Object parse(String typed) {
    String value = typed.strip();
    if (this == IMPORTANCE) {
      return importance(value);
    }
    if (this == SCOPE && value.isEmpty()) {
      throw new MendException(MendCode.BLANK_SCOPE.with());
    }
    if (!choices.isEmpty() && !choices.contains(value)) {
      throw new MendException(
          MendCode.NO_SUCH_VALUE.with(key(), value, String.join(", ", choices)));
    }
    return value;
  }

  private static Object importance(String value) {
    try {
      double number = Double.parseDouble(value);
      if (number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Said below.
    }
    throw new MendException(MendCode.NO_IMPORTANCE.with(value));
  }
}
