package dev.memoryconsole.ui.overview;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.store.facet.Breakdown;
import dev.memoryconsole.store.facet.Breakdowns;
import dev.memoryconsole.store.facet.Facet;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.Slice;
import dev.memoryconsole.store.facet.TimeBreakdown;
import dev.memoryconsole.store.query.QueryKeys;
import dev.memoryconsole.store.query.QueryParser;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Sizes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the overview says. What is counted elsewhere too, on chips and in the top bar, comes
 * from the same totals. User interface's thread only.
 */
public final class OverviewViewModel {
  private static final int MOST_ROWS = 12;
  private static final int MOST_EXPANDED = 200;

  private final Session session;
  private final FacetCounts counts;
  private final LatestRuns runs;
  private final Messages messages;
  private final SliceWords words;
  private final Sizes sizes;
  private final Set<Facet> expanded = EnumSet.noneOf(Facet.class);
  private final ReadOnlyObjectWrapper<List<Section>> sections =
      new ReadOnlyObjectWrapper<>(List.of());

  /** For the store of this session. */
  OverviewViewModel(Session session, FacetCounts counts, LatestRuns runs, Messages messages) {
    this.session = session;
    this.counts = counts;
    this.runs = runs;
    this.messages = messages;
    this.words = new SliceWords(messages);
    this.sizes = new Sizes(messages);
    session.upgrades().addListener(value -> expanded.clear());
    session.totals().addListener(this::tell);
    counts.known().addListener(this::tell);
    tell(counts.known());
  }

  /** The parts, in the order of the screen. */
  ReadOnlyObjectProperty<List<Section>> sections() {
    return sections.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<List<LatestRuns.Run>> runs() {
    return runs.runs();
  }

  FacetCounts counts() {
    return counts;
  }

  private boolean isCounted() {
    return session.isCounted();
  }

  /** The answer before any bar: how much is left to do. */
  String sentence() {
    Session.Totals now = session.totals().get();
    if (!isCounted()) {
      return messages.get("overview.counting");
    }
    if (now.total() == 0) {
      return messages.get("overview.empty");
    }
    return now.legacy() == 0
        ? messages.get("overview.nothingLegacy", now.total())
        : messages.get("overview.legacy", now.total(), now.legacy());
  }

  /** What is being done, or was not; empty if there is nothing to say. */
  String waiting() {
    long total = session.totals().get().total();
    return switch (counts.progress().get()) {
      case DONE, COUNTING -> "";
      case COUNTING_LONG ->
          isCounted()
              ? messages.get("overview.countingAll", total)
              : messages.get("overview.counting");
      case STOPPED -> messages.get("overview.stopped");
    };
  }

  void expand(Facet facet) {
    expanded.add(facet);
    tell(counts.known());
  }

  private void tell(Observable changed) {
    Session.Totals totals = session.totals().get();
    Map<MemoryState, Long> states =
        Map.of(
            MemoryState.LEGACY, totals.legacy(),
            MemoryState.UPGRADED, totals.upgraded(),
            MemoryState.FALLBACK, totals.fallback(),
            MemoryState.CORPUS, totals.corpus());
    List<Section> all = new ArrayList<>();
    for (Facet facet :
        List.of(
            Facet.STATE,
            Facet.RECALLED,
            Facet.SCOPE,
            Facet.AGE,
            Facet.CATEGORY,
            Facet.MONTH,
            Facet.TIER,
            Facet.SOURCE)) {
      Breakdown counted =
          switch (facet) {
            case STATE -> ifCounted(Breakdowns.states(states, totals.stamped()));
            case CATEGORY -> ifCounted(Breakdowns.categories(totals.byCategory()));
            case SCOPE -> ifCounted(Breakdowns.scopes(totals.byScope()));
            case MONTH, AGE, TIER, SOURCE, RECALLED -> counts.known().get().facets().get(facet);
          };
      all.add(section(facet, counted, totals));
    }
    all.add(largest(counts.known().get().largest()));
    if (!all.equals(sections.get())) {
      sections.set(List.copyOf(all));
    }
  }

  private @Nullable Breakdown ifCounted(Breakdown breakdown) {
    return isCounted() ? breakdown : null;
  }

  private Section section(Facet facet, @Nullable Breakdown counted, Session.Totals totals) {
    String name = facet.name().toLowerCase(Locale.ROOT);
    String title = title(facet);
    if (counted == null) {
      return new Section(name, title, "", pending(facet), List.of());
    }
    List<Slice> slices = counted.slices().stream().filter(slice -> isShown(facet, slice)).toList();
    int most = expanded.contains(facet) ? MOST_EXPANDED : MOST_ROWS;
    int shown = slices.size() <= most || isOfTime(facet) ? slices.size() : most - 1;
    long total = counted.total();
    long largest = slices.subList(0, shown).stream().mapToLong(Slice::count).max().orElse(0);
    List<Section.Row> rows = new ArrayList<>();
    for (Slice slice : slices.subList(0, shown)) {
      String query = slice.query();
      rows.add(
          row(
              SliceWords.badge(facet, slice),
              words.of(facet, slice),
              slice.count(),
              total,
              largest,
              query == null ? new Section.Action.None() : new Section.Action.Filter(query)));
    }
    if (shown < slices.size()) {
      List<Slice> rest = slices.subList(shown, slices.size());
      long count = rest.stream().mapToLong(Slice::count).sum();
      boolean more = !expanded.contains(facet);
      rows.add(
          row(
              null,
              messages.get("overview.others", rest.size()),
              count,
              total,
              0,
              more ? new Section.Action.Expand(facet) : new Section.Action.None()));
    }
    if (facet == Facet.STATE && !totals.failedIds().isEmpty()) {
      rows.add(failed(totals.failedIds().size(), total, largest));
    }
    return new Section(name, title, messages.numbers().whole(total), 0, rows);
  }

  /** So that what arrives finds its place, and moves nothing that is there. */
  private static int pending(Facet facet) {
    return switch (facet) {
      case RECALLED -> 3;
      case STATE, TIER -> 4;
      case AGE, SOURCE -> 5;
      case CATEGORY, SCOPE -> 6;
      case MONTH -> TimeBreakdown.MONTHS + 1;
    };
  }

  private static String title(Facet facet) {
    return switch (facet) {
      case STATE -> "overview.by.state";
      case CATEGORY -> "overview.by.category";
      case SCOPE -> "overview.by.scope";
      case MONTH -> "overview.by.month";
      case AGE -> "overview.by.age";
      case TIER -> "overview.by.tier";
      case SOURCE -> "overview.by.source";
      case RECALLED -> "overview.by.recalled";
    };
  }

  // What few stores have takes no place where there is none of it.
  private static boolean isShown(Facet facet, Slice slice) {
    return facet != Facet.STATE
        || slice.count() > 0
        || !Set.of(QueryParser.STAMPED, "corpus").contains(slice.name());
  }

  private static boolean isOfTime(Facet facet) {
    return facet == Facet.MONTH || facet == Facet.AGE;
  }

  private Section.Row row(
      @Nullable Badge badge,
      String name,
      long count,
      long total,
      long largest,
      Section.Action action) {
    String figure = messages.numbers().whole(count);
    String share = share(count, total);
    return new Section.Row(
        badge,
        name,
        figure,
        share,
        largest == 0 ? 0 : (double) count / largest,
        false,
        spoken(name, count, share, action),
        action);
  }

  private String spoken(String name, long count, String share, Section.Action action) {
    return switch (action) {
      case Section.Action.Filter _, Section.Action.Memory _ ->
          messages.get("overview.spoken", name, count, share);
      case Section.Action.Expand _ -> messages.get("overview.spoken.all", name, count, share);
      case Section.Action.None _ -> messages.get("overview.spoken.only", name, count, share);
    };
  }

  /** These stand in one of the states, and are told once more. */
  private Section.Row failed(long count, long total, long largest) {
    Section.Action action = new Section.Action.Filter(QueryKeys.STATE + ":" + QueryParser.FAILED);
    Section.Row row =
        row(Badge.FAILED, messages.get("overview.failed"), count, total, largest, action);
    return new Section.Row(
        row.badge(), row.name(), row.figure(), "", row.bar(), true, row.spoken(), action);
  }

  private Section largest(@Nullable List<LargeMemory> known) {
    List<LargeMemory> largest = Objects.requireNonNullElse(known, List.of());
    long most = largest.isEmpty() ? 0 : largest.getFirst().bytes();
    return new Section(
        "largest",
        "overview.largest",
        "",
        known == null ? FacetCounts.MOST_LARGEST : 0,
        largest.stream().map(memory -> large(memory, most)).toList());
  }

  private Section.Row large(LargeMemory memory, long most) {
    String title = Titles.of(memory.beginning());
    String name = title.isBlank() ? memory.id() : title;
    String size = sizes.of(memory.bytes());
    return new Section.Row(
        null,
        name,
        size,
        "",
        most == 0 ? 0 : (double) memory.bytes() / most,
        false,
        messages.get("overview.spoken.large", name, size),
        new Section.Action.Memory(memory.id()));
  }

  /** A part of all: never 0 % of what is there, and 100 % of nothing less. */
  private String share(long count, long total) {
    if (total == 0 || count == 0) {
      return messages.get("overview.percent", "0");
    }
    double percent = 100.0 * count / total;
    if (percent < 1) {
      return messages.get("overview.percent", "<1");
    }
    long rounded = count < total ? Math.min(99, Math.round(percent)) : 100;
    return messages.get("overview.percent", Long.toString(rounded));
  }
}
