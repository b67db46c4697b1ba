package dev.memoryconsole.store.scan;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.query.Condition;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EntryQuery}'s conditions and order, but for those about texts: {@link TextSelection}.
 */
public final class RowSelection {
  private static final Comparator<@Nullable String> TEXT =
      Comparator.nullsFirst(Comparator.naturalOrder());

  private RowSelection() {}

  /** Whether a row meets all conditions that are not about its texts. */
  public static boolean matches(Row row, EntryQuery query) {
    Set<MemoryState> states = query.states();
    Set<String> ids = query.ids();
    return isInState(row, states)
        && (!query.stamped() || row.traits().stamped())
        && (!query.retryable() || row.traits().retryable())
        && isOneOf(row.scope(), query.scopes())
        && isOneOf(row.category(), query.categories())
        && (ids == null || ids.contains(row.id()))
        && query.conditions().stream().allMatch(condition -> holds(condition, row));
  }

  /** Whether a row meets a condition, as far as it is known without its texts. */
  private static boolean holds(Condition condition, Row row) {
    return switch (condition) {
      case Condition.Id id -> id.ids().stream().anyMatch(each -> Condition.isId(each, row.id()));
      case Condition.Importance importance ->
          row.importance() != Double.NEGATIVE_INFINITY
              && importance.comparison().holds(row.importance(), importance.value());
      case Condition.Time time -> row.millis() != Long.MIN_VALUE && time.holds(row.millis());
      case Condition.NoTime _ -> row.millis() == Long.MIN_VALUE;
      case Condition.Phrase _, Condition.OfMetadata _ -> true;
    };
  }

  private static boolean isInState(Row row, Set<MemoryState> states) {
    return states.isEmpty()
        || states.size() == MemoryState.values().length
        || (states.contains(row.traits().state()) && !row.traits().stamped());
  }

  private static boolean isOneOf(@Nullable String value, Set<String> wanted) {
    return wanted.isEmpty() || wanted.contains(value == null ? "" : value);
  }

  /**
   * The order of a query.
   *
   * @param texts what is sorted by that rows do not hold, by address
   */
  public static Comparator<Row> order(EntryQuery query, Map<Long, String> texts) {
    Comparator<Row> column =
        switch (query.sort()) {
          case TIME -> Comparator.comparingLong(Row::millis);
          case ID -> Comparator.comparing(Row::id);
          case TEXT -> Comparator.comparing(row -> texts.get(row.address()), TEXT);
          case TIER -> byTime(Comparator.comparing(row -> texts.get(row.address()), TEXT));
          case CATEGORY -> byTime(Comparator.comparing(Row::category, TEXT));
          case SCOPE -> byTime(Comparator.comparing(Row::scope, TEXT));
          case IMPORTANCE -> byTime(Comparator.comparingDouble(Row::importance));
          case STATE -> byTime(Comparator.comparing(RowSelection::state));
        };
    return query.sort() == EntryQuery.Sort.TIME
        ? directed(column, query).thenComparing(Row::id)
        : directed(column.thenComparing(Row::id), query);
  }

  private static Comparator<Row> byTime(Comparator<Row> column) {
    return column.thenComparingLong(Row::millis);
  }

  private static Comparator<Row> directed(Comparator<Row> order, EntryQuery query) {
    return query.ascending() ? order : order.reversed();
  }

  private static String state(Row row) {
    MemoryState state = row.traits().state();
    return (state == MemoryState.CORPUS ? MemoryState.UPGRADED : state).name();
  }
}
