package dev.memoryconsole.store.facet;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.query.QueryEdit;
import dev.memoryconsole.store.query.QueryKeys;
import dev.memoryconsole.store.query.QueryParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Takes counts apart by one facet, with what finds each part. Stateless. */
public final class Breakdowns {
  private static final String SOME = "some";
  private static final String OFTEN = "often";

  private Breakdowns() {}

  /**
   * By state: the parts are the words of {@link QueryParser#STATES}, and are all there.
   *
   * @param counts how many are in each; where nothing is said, none
   * @param stamped how many look upgraded and probably never were, and are none of these
   */
  public static Breakdown states(Map<MemoryState, Long> counts, long stamped) {
    List<Slice> slices = new ArrayList<>();
    for (MemoryState state : MemoryState.values()) {
      String word = state.name().toLowerCase(Locale.ROOT);
      slices.add(named(QueryKeys.STATE, word, counts.getOrDefault(state, 0L)));
    }
    slices.add(named(QueryKeys.STATE, QueryParser.STAMPED, stamped));
    return new Breakdown(Facet.STATE, slices);
  }

  /** By the old category, the largest part first; an absent one is the empty string. */
  public static Breakdown categories(Map<String, Long> counts) {
    return new Breakdown(Facet.CATEGORY, largestFirst(QueryKeys.CATEGORY, counts));
  }

  /** By scope, the largest part first; an absent one is the empty string. */
  public static Breakdown scopes(Map<String, Long> counts) {
    return new Breakdown(Facet.SCOPE, largestFirst(QueryKeys.SCOPE, counts));
  }

  /** By tier, the largest part first. */
  public static Breakdown tiers(MetadataCounts counts) {
    return values(Facet.TIER, QueryKeys.TIER, counts.tiers());
  }

  /** By source, the largest part first. */
  public static Breakdown sources(MetadataCounts counts) {
    return values(Facet.SOURCE, QueryKeys.SOURCE, counts.sources());
  }

  private static Breakdown values(Facet facet, String key, MetadataCounts.Values counts) {
    List<Slice> slices = new ArrayList<>(largestFirst(key, counts.named()));
    if (counts.none() > 0) {
      slices.add(named(key, "", counts.none()));
    }
    if (counts.others() > 0) {
      slices.add(new Slice(Slice.Kind.OTHERS, "", counts.others(), null));
    }
    return new Breakdown(facet, slices);
  }

  /** By how often they were recalled: {@code never}, {@code some} and {@code often}. */
  public static Breakdown recalls(MetadataCounts counts) {
    String often = QueryKeys.RECALLED + ":>=" + MetadataTally.OFTEN;
    String some = QueryKeys.RECALLED + ":>=1 " + QueryKeys.RECALLED + ":<" + MetadataTally.OFTEN;
    return new Breakdown(
        Facet.RECALLED,
        List.of(
            named(QueryKeys.RECALLED, QueryParser.NEVER, counts.recalls().get(0)),
            new Slice(Slice.Kind.NAMED, SOME, counts.recalls().get(1), some),
            new Slice(Slice.Kind.NAMED, OFTEN, counts.recalls().get(2), often)));
  }

  private static List<Slice> largestFirst(String key, Map<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> named(key, entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Slice named(String key, String value, long count) {
    Slice.Kind kind = value.isEmpty() ? Slice.Kind.NONE : Slice.Kind.NAMED;
    // Of metadata that stands for any value.
    boolean any = value.equals("*") && (key.equals(QueryKeys.TIER) || key.equals(QueryKeys.SOURCE));
    return new Slice(kind, value, count, any ? null : QueryEdit.with("", key, Set.of(value)));
  }
}
