package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.facet.Breakdown;
import dev.memoryconsole.store.facet.Breakdowns;
import dev.memoryconsole.store.facet.Facet;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.MetadataCounts;
import dev.memoryconsole.store.facet.Slice;
import dev.memoryconsole.store.facet.TimeBreakdown;
import dev.memoryconsole.store.facet.TimeCounts;
import dev.memoryconsole.upgrade.Upgrades;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console stats STORE}. */
@Command(
    name = "stats",
    description = "Counts the entries by state, category and scope, or by what you ask for.")
public final class StatsCommand extends StoreCommand {
  private static final int MOST_LARGEST = 1_000;
  // These are read in a second or so.
  private static final int MANY = 50_000;
  private static final Map<String, String> WORDS =
      Map.of(
          "7d", "7 days at most",
          "30d", "7 to 30 days",
          "90d", "30 to 90 days",
          "1y", "90 days to a year",
          "older", "more than a year",
          "some", "1 to 9 times",
          "often", "10 times or more");

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "FACET",
      description =
          "Count by these instead of category and scope, each entry in one part of each:"
              + " ${COMPLETION-CANDIDATES}. What is other than state, category and scope reads"
              + " every entry.")
  private @Nullable List<Facet> facets;

  @Option(
      names = "--largest",
      paramLabel = "N",
      description = "Also list the N entries whose text and metadata take the most room.")
  private @Nullable Integer largest;

  @Override
  protected int run(Upgrades upgrades) {
    if (largest != null && (largest < 1 || largest > MOST_LARGEST)) {
      throw usage("--largest must be 1 to " + MOST_LARGEST + ".");
    }
    sayWhatTakesLong(upgrades.store());
    StoreStats stats = upgrades.store().stats();
    List<Breakdown> counts = counts(upgrades.store(), stats);
    List<LargeMemory> large =
        largest == null ? List.of() : upgrades.store().facets().largest(largest);
    if (isJson()) {
      ObjectNode node =
          Json.object()
              .put("total", stats.total())
              .put("legacy", stats.legacy())
              .put("upgraded", stats.upgraded())
              .put("fallback", stats.fallback())
              .put("stamped", stats.stamped())
              .put("corpus", stats.corpus());
      stats.byCategory().forEach(node.putObject("by_category")::put);
      stats.byScope().forEach(node.putObject("by_scope")::put);
      if (!counts.isEmpty()) {
        ObjectNode by = node.putObject("by");
        counts.forEach(count -> by.set(Json.word(count.facet()), json(count)));
      }
      if (largest != null) {
        ArrayNode all = node.putArray("largest");
        large.forEach(
            each ->
                all.addObject()
                    .put("id", each.id())
                    .put("bytes", each.bytes())
                    .put("text", each.beginning()));
      }
      print(node);
    } else {
      say(
          "%d memories: %d legacy, %d upgraded, %d fallback",
          stats.total(), stats.legacy(), stats.upgraded(), stats.fallback());
      if (stats.stamped() > 0) {
        say(
            "%d more are possibly legacy: they look upgraded and probably never were; upgrade"
                + " them with: memory-console upgrade %s --possibly-legacy",
            stats.stamped(), store());
      }
      if (stats.corpus() > 0) {
        say(
            "%d more are kept in step with files by the plugin's corpus indexer; they are never"
                + " upgraded.",
            stats.corpus());
      }
      if (counts.isEmpty()) {
        table(Breakdowns.categories(stats.byCategory()));
        table(Breakdowns.scopes(stats.byScope()));
      }
      counts.forEach(this::table);
      if (!large.isEmpty()) {
        out().println("Largest, in bytes");
        large.forEach(
            each -> say("  %-36s %8d  %s", each.id(), each.bytes(), Titles.of(each.beginning())));
      }
    }
    return ExitCode.DONE;
  }

  /** What is counted is exact; that it takes a while can be told before. */
  private void sayWhatTakesLong(MemoryStore store) {
    OptionalLong about = store.estimatedTotal();
    if (about.isPresent()) {
      warn(
          "About %,d memories. The server counts them, which takes a while; Ctrl+C stops that.",
          about.getAsLong());
    } else if (!store.isIndexed()) {
      long all = store.count(EntryQuery.ALL);
      if (all >= MANY) {
        warn(
            "%,d memories. This store keeps no counts: each of them is read to tell their states;"
                + " Ctrl+C stops that.",
            all);
      }
    }
    err().flush();
  }

  private List<Breakdown> counts(MemoryStore store, StoreStats stats) {
    if (facets == null) {
      return List.of();
    }
    // Each reading once, whoever asks for it, and only if somebody does.
    TimeBreakdown times = new TimeBreakdown(Clock.system(ZoneId.systemDefault()));
    TimeCounts byTime =
        asks(Facet.MONTH) || asks(Facet.AGE) ? store.facets().byTime(times.edges()) : null;
    MetadataCounts metadata =
        asks(Facet.TIER) || asks(Facet.SOURCE) || asks(Facet.RECALLED)
            ? store.facets().byMetadata()
            : null;
    return facets.stream()
        .distinct()
        .map(
            facet ->
                switch (facet) {
                  case STATE -> Breakdowns.states(stats.byState(), stats.stamped());
                  case CATEGORY -> Breakdowns.categories(stats.byCategory());
                  case SCOPE -> Breakdowns.scopes(stats.byScope());
                  case MONTH -> times.months(Objects.requireNonNull(byTime));
                  case AGE -> times.ages(Objects.requireNonNull(byTime));
                  case TIER -> Breakdowns.tiers(Objects.requireNonNull(metadata));
                  case SOURCE -> Breakdowns.sources(Objects.requireNonNull(metadata));
                  case RECALLED -> Breakdowns.recalls(Objects.requireNonNull(metadata));
                })
        .toList();
  }

  private boolean asks(Facet facet) {
    return facets != null && facets.contains(facet);
  }

  private static ArrayNode json(Breakdown counts) {
    ArrayNode all = Json.object().arrayNode();
    for (Slice slice : counts.slices()) {
      all.addObject()
          .put("part", slice.name())
          .put("kind", Json.word(slice.kind()))
          .put("count", slice.count())
          .put("where", slice.query());
    }
    return all;
  }

  private void table(Breakdown counts) {
    String title = Json.word(counts.facet());
    out().println(Character.toUpperCase(title.charAt(0)) + title.substring(1));
    counts
        .slices()
        .forEach(slice -> say("  %-24s %8d", named(counts.facet(), slice), slice.count()));
  }

  private static String named(Facet facet, Slice slice) {
    return switch (slice.kind()) {
      case NONE -> "(none)";
      case OTHERS -> "(others)";
      case EARLIER -> "before " + slice.name();
      case LATER -> "after " + slice.name();
      case NAMED ->
          switch (facet) {
            case AGE, RECALLED -> WORDS.getOrDefault(slice.name(), slice.name());
            case STATE, CATEGORY, SCOPE, MONTH, TIER, SOURCE -> slice.name();
          };
    };
  }
}
