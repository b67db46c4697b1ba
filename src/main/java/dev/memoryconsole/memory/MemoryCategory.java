package dev.memoryconsole.memory;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The six categories of the new metadata ({@code memory_category}). */
public enum MemoryCategory {
  /** Who the user is. */
  PROFILE,
  /** What the user likes. */
  PREFERENCES,
  /** People, projects and things. */
  ENTITIES,
  /** What happened and what was decided. */
  EVENTS,
  /** Facts and solved problems. */
  CASES,
  /** Everything else: habits, recipes, rules of thumb. */
  PATTERNS;

  // The plugin's own expression. Since Java 19, \b and \w are ASCII by default, as in JavaScript.
  private static final Pattern ABOUT_ME =
      Pattern.compile("\\b(my |i am |i'm |name is |叫我|我的|我是)\\b", Pattern.CASE_INSENSITIVE);

  private static final int PROFILE_TEXT_LIMIT = 200;

  /** The name in the metadata: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of that exact name, or empty for anything outside the six. */
  public static Optional<MemoryCategory> ofKey(@Nullable String key) {
    for (MemoryCategory category : values()) {
      if (category.key().equals(key)) {
        return Optional.of(category);
      }
    }
    return Optional.empty();
  }

  /**
   * The category that the old column maps to; a column that already holds one of the six keeps it.
   *
   * @param column the old {@code category}; anything unknown or absent counts as {@code other}
   * @param text the row's text: a short fact about the user is a profile, not a case
   */
  public static MemoryCategory fromColumn(@Nullable String column, String text) {
    return ofKey(column).orElseGet(() -> fromOldColumn(column, text));
  }

  private static MemoryCategory fromOldColumn(@Nullable String column, String text) {
    return switch (column == null ? "" : column) {
      case "preference" -> PREFERENCES;
      case "entity" -> ENTITIES;
      case "decision" -> EVENTS;
      case "fact" ->
          text.length() < PROFILE_TEXT_LIMIT && ABOUT_ME.matcher(text).find() ? PROFILE : CASES;
      default -> PATTERNS;
    };
  }
}
