package dev.memoryconsole.store.query;

import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Message;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands what was typed: words, phrases in quotation marks, and conditions such as {@code
 * scope:global} or {@code importance:>0.8}. Values with commas between them, and a key that comes
 * twice, mean any of these; everything else is joined by <em>and</em>. Any text is understood, as
 * far as it goes. Stateless.
 */
public final class QueryParser {
  /** How many characters count. */
  public static final int MOST_CHARACTERS = 10_000;

  /** How many parts, and values of one part, count. */
  public static final int MOST_TERMS = 50;

  /** The state of those whose last outcome is a failure. */
  public static final String FAILED = "failed";

  /** The state of those that look upgraded and probably never were. */
  public static final String STAMPED = "possibly-legacy";

  /** What is written of memories that were never recalled. */
  public static final String NEVER = "never";

  private static final String STAMPED_TOO = "stamped";

  /** The words for states, as they are written. */
  public static final List<String> STATES =
      List.of("legacy", "upgraded", "fallback", FAILED, STAMPED, "corpus");

  private static final int DEEPEST = 8;
  private static final Pattern LIKE_A_KEY = Pattern.compile("([A-Za-z]{2,20}):([^/\\\\:].*)");

  private final Clock clock;
  private final Set<String> scopes = new LinkedHashSet<>();
  private final Set<String> categories = new LinkedHashSet<>();
  private final Set<String> states = new LinkedHashSet<>();
  private final Set<String> ids = new LinkedHashSet<>();
  private final Map<List<String>, Set<String>> equals = new LinkedHashMap<>();
  private final Set<Condition> conditions = new LinkedHashSet<>();
  private final List<Message> problems = new ArrayList<>();

  private QueryParser(Clock clock) {
    this.clock = clock;
  }

  /**
   * Understands a text.
   *
   * @param clock tells what a day is, and how long ago something was
   */
  public static ParsedQuery parse(String text, Clock clock) {
    return new QueryParser(clock).read(text);
  }

  private ParsedQuery read(String typed) {
    String text = sound(typed);
    if (text.length() < typed.length()) {
      problems.add(QueryCode.TOO_LONG.with(MOST_CHARACTERS));
    }
    List<Term> all = Terms.of(text);
    if (all.size() > MOST_TERMS) {
      problems.add(QueryCode.TOO_MANY.with(MOST_TERMS));
    }
    List<Term> terms = all.subList(0, Math.min(all.size(), MOST_TERMS));
    terms.forEach(term -> read(term, text));
    if (!ids.isEmpty()) {
      conditions.add(new Condition.Id(ids));
    }
    equals.forEach((path, values) -> conditions.add(new Condition.MetaEquals(path, values)));
    boolean failed = alone(FAILED);
    boolean stamped = !failed && alone(STAMPED);
    Set<MemoryState> known = EnumSet.noneOf(MemoryState.class);
    if (!failed && !stamped) {
      states.forEach(state -> known.add(MemoryState.valueOf(state.toUpperCase(Locale.ROOT))));
    }
    return new ParsedQuery(
        typed,
        terms,
        scopes,
        categories,
        known,
        failed,
        stamped,
        List.copyOf(conditions),
        problems);
  }

  /** No store holds half a character, and in some a text ends at a zero: neither is looked for. */
  private static String sound(String typed) {
    String text = typed.substring(0, Math.min(typed.length(), MOST_CHARACTERS));
    StringBuilder sound = null;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (point == 0 || Character.getType(point) == Character.SURROGATE) {
        sound = sound == null ? new StringBuilder(text) : sound;
        sound.setCharAt(i, point == 0 ? ' ' : '\uFFFD');
      }
    }
    return sound == null ? text : sound.toString();
  }

  private boolean alone(String state) {
    if (!states.contains(state)) {
      return false;
    }
    if (states.size() > 1) {
      problems.add(QueryCode.STATE_ALONE.with(state));
    }
    return true;
  }

  private void read(Term term, String text) {
    String written = text.substring(term.from(), term.to());
    if (!term.closed()) {
      problems.add(QueryCode.NOT_CLOSED.with(term.values().getLast()));
    }
    if (term.values().size() > MOST_TERMS) {
      problems.add(QueryCode.TOO_MANY.with(MOST_TERMS));
    }
    List<String> values = term.values().subList(0, Math.min(term.values().size(), MOST_TERMS));
    String key = term.key();
    if (key == null) {
      word(values.getFirst(), written);
    } else if (values.isEmpty()) {
      problems.add(QueryCode.NO_VALUE.with(written));
    } else if (key.startsWith(QueryKeys.META)) {
      List<String> path = List.of(key.substring(QueryKeys.META.length()).split("\\.", -1));
      if (path.contains("") || path.size() > DEEPEST) {
        problems.add(QueryCode.NO_META_KEY.with(written));
      } else {
        metadata(path, term.comparison(), values, written);
      }
    } else {
      condition(key, term, values, written);
    }
  }

  private void word(String value, String written) {
    if (value.isBlank()) {
      return;
    }
    conditions.add(new Condition.Phrase(value));
    var key = LIKE_A_KEY.matcher(written);
    if (key.matches() && !value.startsWith(LegacyRule.CORPUS_PREFIX)) {
      problems.add(QueryCode.UNKNOWN_KEY.with(key.group(1) + ':', value, QueryKeys.ALL));
    }
  }

  private void condition(String key, Term term, List<String> values, String written) {
    switch (key) {
      case QueryKeys.SCOPE -> scopes.addAll(values);
      case QueryKeys.CATEGORY -> categories.addAll(values);
      case QueryKeys.STATE -> values.forEach(value -> state(value, written));
      case QueryKeys.TIER -> metadata(List.of(Keys.TIER), term.comparison(), values, written);
      case QueryKeys.SOURCE -> metadata(List.of(Keys.SOURCE), term.comparison(), values, written);
      case QueryKeys.IMPORTANCE ->
          number(values, written)
              .ifPresent(
                  value -> conditions.add(new Condition.Importance(term.comparison(), value)));
      case QueryKeys.RECALLED -> recalled(term.comparison(), values, written);
      case QueryKeys.ID -> ids.addAll(values);
      default -> time(key, values, written);
    }
  }

  private void state(String value, String written) {
    String lower = value.toLowerCase(Locale.ROOT);
    String state = lower.equals(STAMPED_TOO) ? STAMPED : lower;
    if (STATES.contains(state)) {
      states.add(state);
    } else {
      problems.add(QueryCode.NO_STATE.with(value.isEmpty() ? written : value, STATES));
    }
  }

  private void metadata(
      List<String> path, Comparison comparison, List<String> values, String written) {
    if (comparison != Comparison.EQUAL) {
      number(values, written)
          .ifPresent(value -> conditions.add(new Condition.MetaCompares(path, comparison, value)));
    } else if (values.equals(List.of("*")) || values.equals(List.of(""))) {
      conditions.add(new Condition.MetaPresent(path, values.equals(List.of("*"))));
    } else {
      equals.computeIfAbsent(path, any -> new LinkedHashSet<>()).addAll(values);
    }
  }

  private OptionalDouble number(List<String> values, String written) {
    OptionalDouble number =
        values.size() == 1 ? Numbers.of(values.getFirst()) : OptionalDouble.empty();
    if (number.isEmpty()) {
      problems.add(QueryCode.NO_NUMBER.with(written));
    }
    return number;
  }

  /** How often it was recalled, which is never where nothing says so. */
  private void recalled(Comparison comparison, List<String> values, String written) {
    boolean never =
        comparison == Comparison.EQUAL
            && values.size() == 1
            && values.getFirst().equalsIgnoreCase(NEVER);
    OptionalDouble count =
        never
            ? OptionalDouble.of(0)
            : values.size() == 1 ? Numbers.of(values.getFirst()) : OptionalDouble.empty();
    if (count.isEmpty()) {
      problems.add(QueryCode.NO_COUNT.with(written));
      return;
    }
    List<String> path = List.of(Keys.ACCESS_COUNT);
    double value = count.getAsDouble();
    conditions.add(
        !comparison.holds(0, value)
            ? new Condition.MetaCompares(path, comparison, value)
            : new Condition.Without(
                comparison == Comparison.EQUAL
                    ? new Condition.MetaCompares(path, Comparison.AT_LEAST, 1)
                    : new Condition.MetaCompares(path, comparison.opposite(), value)));
  }

  private void time(String key, List<String> values, String written) {
    if (key.equals(QueryKeys.ON) && values.equals(List.of(""))) {
      conditions.add(new Condition.NoTime());
      return;
    }
    Optional<TimeSpan> span =
        values.size() == 1 ? TimeSpan.of(values.getFirst(), clock) : Optional.empty();
    if (span.isEmpty()) {
      problems.add(QueryCode.NO_DATE.with(written));
      return;
    }
    TimeSpan time = span.get();
    @Nullable Long from = null;
    @Nullable Long until = null;
    switch (key) {
      case QueryKeys.BEFORE -> until = time.from();
      case QueryKeys.SINCE -> from = time.from();
      case QueryKeys.AFTER -> from = time.until();
      default -> {
        if (time.from() == time.until()) {
          problems.add(QueryCode.NO_DAY.with(written));
          return;
        }
        from = time.from();
        until = time.until();
      }
    }
    conditions.add(new Condition.Time(from, until));
  }
}
