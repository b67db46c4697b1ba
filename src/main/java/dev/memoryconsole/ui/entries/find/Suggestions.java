package dev.memoryconsole.ui.entries.find;

import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.store.query.QueryEdit;
import dev.memoryconsole.store.query.QueryKeys;
import dev.memoryconsole.store.query.QueryParser;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Knows how what is being typed may go on: keys, and the values that the store has for them. */
public final class Suggestions {
  private static final int MOST = 8;
  private static final List<String> SOURCES =
      List.of(
          "manual", "auto-capture", "reflection", "dreaming-engine", "session-summary", "legacy");
  private static final List<String> METADATA =
      List.of(
          Keys.ACCESS_COUNT,
          Keys.INJECTED_COUNT,
          Keys.BAD_RECALL_COUNT,
          Keys.LAST_ACCESSED_AT,
          Keys.LAST_INJECTED_AT,
          Keys.LAST_CONFIRMED_USE_AT,
          Keys.MEMORY_CATEGORY,
          Keys.MEMORY_LAYER,
          Keys.FACT_KEY,
          Keys.TYPE,
          Keys.UPGRADED_BY,
          Keys.UPGRADED_FROM,
          Keys.UPGRADE_ERROR,
          Keys.ARCHIVE_REASON,
          Keys.L0,
          Keys.L1,
          Keys.L2);
  private static final List<String> DATES = List.of("today", "yesterday", "7d", "30d", "1y");

  private final Supplier<Collection<String>> scopes;
  private final Supplier<Collection<String>> categories;

  /** With the values that are there now. */
  public Suggestions(Supplier<Collection<String>> scopes, Supplier<Collection<String>> categories) {
    this.scopes = scopes;
    this.categories = categories;
  }

  /** What fits to the part that ends at the cursor; none where nothing of it is typed. */
  public List<Suggestion> at(String text, int cursor) {
    int from = cursor;
    while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    String part = text.substring(from, cursor);
    boolean atEnd = cursor == text.length() || Character.isWhitespace(text.charAt(cursor));
    if (part.isEmpty() || part.indexOf('"') >= 0 || !atEnd) {
      return List.of();
    }
    int colon = part.indexOf(':');
    return colon < 0
        ? of(keys(part), part, from, cursor)
        : of(
            values(part.substring(0, colon).toLowerCase(Locale.ROOT)).map(QueryEdit::quoted),
            part.substring(Math.max(colon, part.lastIndexOf(',')) + 1),
            from + Math.max(colon, part.lastIndexOf(',')) + 1,
            cursor);
  }

  private static List<Suggestion> of(Stream<String> all, String begun, int from, int to) {
    String wanted = begun.toLowerCase(Locale.ROOT);
    return all.filter(each -> each.toLowerCase(Locale.ROOT).startsWith(wanted))
        .filter(each -> !each.equals(begun))
        .limit(MOST)
        .map(each -> new Suggestion(from, to, each))
        .toList();
  }

  /** The keys of the metadata only behind their prefix: they are many, and seldom wanted. */
  private static Stream<String> keys(String begun) {
    return begun.toLowerCase(Locale.ROOT).startsWith(QueryKeys.META)
        ? METADATA.stream().map(key -> QueryKeys.META + key + ":")
        : Stream.concat(QueryKeys.ALL.stream().map(key -> key + ":"), Stream.of(QueryKeys.META));
  }

  private Stream<String> values(String key) {
    return switch (key) {
      case QueryKeys.SCOPE -> scopes.get().stream();
      case QueryKeys.CATEGORY -> categories.get().stream();
      case QueryKeys.STATE -> QueryParser.STATES.stream();
      case QueryKeys.TIER -> Stream.of("core", "working", "peripheral");
      case QueryKeys.SOURCE -> SOURCES.stream();
      case QueryKeys.IMPORTANCE -> Stream.of(">0.8", ">=0.5", "<0.5");
      case QueryKeys.RECALLED -> Stream.of(QueryParser.NEVER, ">=1", ">10");
      case QueryKeys.BEFORE, QueryKeys.SINCE, QueryKeys.AFTER -> DATES.stream();
      case QueryKeys.ON -> DATES.stream().limit(2);
      default -> Stream.of();
    };
  }
}
