package dev.memoryconsole.store.facet;

import dev.memoryconsole.store.query.Condition;
import dev.memoryconsole.store.query.QueryKeys;
import dev.memoryconsole.store.query.QueryParser;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes times apart by month and by age, as of one moment. What a part is, is read from the query
 * that finds it, so that the two can't differ. Immutable.
 */
public final class TimeBreakdown {
  /** How many months are parts of their own, up to the latest in which anything was remembered. */
  public static final int MONTHS = 12;

  // Older stores than this have all their months in one part.
  private static final int KNOWN_MONTHS = 240;
  private static final List<String> AGES = List.of("7d", "30d", "90d", "1y");
  private static final String OLDER = "older";

  private final Clock clock;
  private final List<String> months;

  /**
   * Takes the moment and the zone from a clock.
   *
   * @param now of which only the first answer counts
   */
  public TimeBreakdown(Clock now) {
    clock = Clock.fixed(now.instant(), now.getZone());
    YearMonth last = YearMonth.now(clock);
    months =
        IntStream.range(0, KNOWN_MONTHS).mapToObj(i -> last.minusMonths(i).toString()).toList();
  }

  /** The times between which memories have to be counted. */
  public List<Long> edges() {
    TreeSet<Long> edges = new TreeSet<>();
    for (String month : months) {
      edges.add(bound(time(on(month)).from()));
    }
    edges.add(bound(time(on(months.getFirst())).until()));
    for (String age : AGES) {
      edges.add(bound(time(since(age)).from()));
    }
    return List.copyOf(edges);
  }

  private static long bound(@Nullable Long edge) {
    if (edge == null) {
      throw new IllegalStateException("no bound");
    }
    return edge;
  }

  /**
   * By month, the latest first: {@value #MONTHS} of them at most, without gaps, then all that is
   * earlier.
   */
  public Breakdown months(TimeCounts counts) {
    int last =
        IntStream.range(0, months.size())
            .filter(i -> count(counts, on(months.get(i))) > 0)
            .findFirst()
            .orElse(0);
    List<String> shown = months.subList(last, Math.min(last + MONTHS, months.size()));
    List<Slice> slices = new ArrayList<>();
    addIfAny(slices, Slice.Kind.LATER, shown.getFirst(), QueryKeys.AFTER, counts);
    for (String month : shown) {
      slices.add(new Slice(Slice.Kind.NAMED, month, count(counts, on(month)), on(month)));
    }
    addIfAny(slices, Slice.Kind.EARLIER, shown.getLast(), QueryKeys.BEFORE, counts);
    // Nothing is before the first month in which anything was remembered.
    while (slices.size() > 1 && slices.getLast().count() == 0) {
      slices.removeLast();
    }
    addUntimed(slices, counts);
    return new Breakdown(Facet.MONTH, slices);
  }

  private void addIfAny(
      List<Slice> slices, Slice.Kind kind, String month, String key, TimeCounts counts) {
    String query = key + ":" + month;
    long count = count(counts, query);
    if (count > 0) {
      slices.add(new Slice(kind, month, count, query));
    }
  }

  private static void addUntimed(List<Slice> slices, TimeCounts counts) {
    if (counts.untimed() > 0) {
      slices.add(new Slice(Slice.Kind.NONE, "", counts.untimed(), QueryKeys.ON + ":\"\""));
    }
  }

  /** By age, the youngest first: each part is named by its bound, the last one {@code older}. */
  public Breakdown ages(TimeCounts counts) {
    List<Slice> slices = new ArrayList<>();
    String younger = "";
    for (String age : AGES) {
      String query = since(age) + younger;
      slices.add(new Slice(Slice.Kind.NAMED, age, count(counts, query), query));
      younger = " " + QueryKeys.BEFORE + ":" + age;
    }
    String older = younger.strip();
    slices.add(new Slice(Slice.Kind.NAMED, OLDER, count(counts, older), older));
    addUntimed(slices, counts);
    return new Breakdown(Facet.AGE, slices);
  }

  private long count(TimeCounts counts, String query) {
    @Nullable Long from = null;
    @Nullable Long until = null;
    for (Condition condition : QueryParser.parse(query, clock).conditions()) {
      if (condition instanceof Condition.Time time) {
        from = time.from() == null ? from : time.from();
        until = time.until() == null ? until : time.until();
      }
    }
    return counts.between(from, until);
  }

  private Condition.Time time(String query) {
    return (Condition.Time) QueryParser.parse(query, clock).conditions().getFirst();
  }

  private static String on(String month) {
    return QueryKeys.ON + ":" + month;
  }

  private static String since(String age) {
    return QueryKeys.SINCE + ":" + age;
  }
}
