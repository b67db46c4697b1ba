package dev.memoryconsole.store.query;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys of conditions. */
public final class QueryKeys {
  public static final String SCOPE = "scope";
  public static final String CATEGORY = "category";
  public static final String STATE = "state";
  public static final String TIER = "tier";
  public static final String SOURCE = "source";
  public static final String IMPORTANCE = "importance";
  public static final String RECALLED = "recalled";
  public static final String BEFORE = "before";
  public static final String SINCE = "since";
  public static final String AFTER = "after";
  public static final String ON = "on";
  public static final String ID = "id";

  /** What a key of the metadata follows. */
  public static final String META = "meta.";

  /** All but those of the metadata, in the order in which they are offered. */
  public static final List<String> ALL =
      List.of(
          SCOPE, CATEGORY, STATE, TIER, SOURCE, IMPORTANCE, RECALLED, BEFORE, SINCE, AFTER, ON, ID);

  private QueryKeys() {}

  /** The key as it is called, however it was written; null if there is no such key. */
  static @Nullable String named(String written) {
    String lower = written.toLowerCase(Locale.ROOT);
    if (ALL.contains(lower)) {
      return lower;
    }
    return lower.startsWith(META) ? META + written.substring(META.length()) : null;
  }

  /** Whether numbers behind this key may be compared. */
  static boolean compares(String key) {
    return key.equals(IMPORTANCE) || key.equals(RECALLED) || key.startsWith(META);
  }
}
