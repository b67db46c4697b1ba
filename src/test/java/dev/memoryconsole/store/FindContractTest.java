package dev.memoryconsole.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.facet.Breakdown;
import dev.memoryconsole.store.facet.Breakdowns;
import dev.memoryconsole.store.facet.Facet;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.MetadataCounts;
import dev.memoryconsole.store.facet.Slice;
import dev.memoryconsole.store.facet.TimeBreakdown;
import dev.memoryconsole.store.facet.TimeCounts;
import dev.memoryconsole.store.query.QueryParser;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store finds. Subclasses run it on a real engine. */
public abstract class FindContractTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-06-15T12:00:00Z"), ZoneOffset.UTC);
  private static final long JUNE = Instant.parse("2025-06-01T00:00:00Z").toEpochMilli();
  private static final String LONG_ID = "0b5f6c1e-7a7e-4f7f-9d3b-111111111111";

  private static final List<MemoryEntry> ENTRIES =
      List.of(
          row(LONG_ID, "Prefers Gradle over Bazel", "preference", "global", 0.9, JUNE, "{}"),
          row(
              "b",
              "100% of it's a_b \"quoted\" text",
              "fact",
              "agent:ops",
              0.5,
              JUNE - 1,
              "{\"tier\":\"Core\",\"source\":\"manual\",\"n\":3,\"memory_category\":\"cases\",\"access_count\":4}"),
          row(
              "c",
              "plain",
              null,
              null,
              null,
              null,
              "{\"tier\":\"working\",\"n\":\"2.5\",\"a\":{\"b\":\"deep\",\"n\":-1},\"tags\":"
                  + "[\"red\",7,true],\"on\":true,\"none\":null,\"empty\":\"\"}"),
          row("d", "seconds", "fact", "my scope", 0.1, JUNE / 1000 - 1, "no json"),
          row("e", "seconds later", "fact", "a,b", -1.0, JUNE / 1000, "[{\"tier\":\"core\"}]"),
          row(
              "f",
              "twice",
              "fact",
              "x",
              1.0,
              JUNE + 1,
              "{\"tier\":\"core\",\"tier\":\"peripheral\",\"a\":\"text\",\"l0_abstract\":\"Hidden"
                  + " line\",\"access_count\":0,\"access_count\":\"2\"}"),
          row("corpus:notes.md", "of a corpus", "fact", "x", 0.2, JUNE + 2, "{\"0\":\"zero\"}"));

  @TempDir protected Path folder;

  /** A store with these entries. */
  protected abstract MemoryStore with(List<MemoryEntry> entries) throws Exception;

  /** Adds one as another program does. */
  protected abstract void addBeside(MemoryStore store, MemoryEntry entry) throws Exception;

  private static MemoryEntry row(
      String id,
      String text,
      @Nullable String category,
      @Nullable String scope,
      @Nullable Double importance,
      @Nullable Long timestamp,
      String metadata) {
    return new MemoryEntry(id, text, category, scope, importance, timestamp, metadata, 0);
  }

  private static List<String> found(MemoryStore store, String text) {
    EntryQuery query =
        EntryQuery.ALL.and(QueryParser.parse(text, CLOCK)).sortedBy(EntryQuery.Sort.ID, true);
    List<String> ids = store.ids(query, Integer.MAX_VALUE);
    assertThat(store.count(query)).as("count of %s", text).isEqualTo(ids.size());
    assertThat(store.page(query, 0, 100)).extracting(MemoryEntry::id).isEqualTo(ids);
    if (query.states().isEmpty() && !query.stamped()) {
      // Beside a state, other tables answer.
      EntryQuery beside = query.withStates(Set.of(MemoryState.LEGACY));
      assertThat(ids).containsAll(store.ids(beside, Integer.MAX_VALUE));
    }
    return ids.stream().map(id -> id.equals(LONG_ID) ? "a" : id).sorted().toList();
  }

  @Test
  void everyConditionFindsWhatItSays() throws Exception {
    try (MemoryStore store = with(ENTRIES)) {
      String corpus = "corpus:notes.md";
      expect(store, "", "a", "b", "c", corpus, "d", "e", "f");
      expect(store, "gradle BAZEL", "a");
      expect(store, "\"gradle over\"", "a");
      expect(store, "\"over gradle\"");
      expect(store, "\"hidden line\"", "f");
      // Ids, whole, by their beginning as it is shown, and with a colon.
      expect(store, LONG_ID, "a");
      expect(store, LONG_ID.substring(0, 8), "a");
      expect(store, LONG_ID.substring(0, 7));
      expect(store, "id:b," + LONG_ID, "a", "b");
      expect(store, corpus, corpus);
      // Scopes and categories.
      expect(store, "scope:global,agent:ops", "a", "b");
      expect(store, "scope:\"my scope\"", "d");
      expect(store, "scope:\"a,b\"", "e");
      expect(store, "scope:\"\"", "c");
      expect(store, "category:preference", "a");
      expect(store, "state:upgraded", "b");
      expect(store, "state:corpus", corpus);
      expect(store, "state:legacy scope:x", "f");
      // Numbers.
      expect(store, "importance:>0.8", "a", "f");
      expect(store, "importance:>=0.9 importance:<1", "a");
      expect(store, "importance:0.5", "b");
      expect(store, "importance:<0", "e");
      // Times, in seconds and milliseconds.
      expect(store, "before:2025-06", "b", "d");
      expect(store, "since:2025-06", "a", corpus, "e", "f");
      expect(store, "on:2025-06-01 scope:global", "a");
      expect(store, "after:2025-06");
      expect(store, "since:2025-06 twice", "f");
      expect(store, "on:\"\"", "c");
      // Recalls, none of which are counted for most.
      expect(store, "recalled:>=1", "b", "f");
      expect(store, "recalled:never", "a", "c", corpus, "d", "e");
      expect(store, "recalled:<3", "a", "c", corpus, "d", "e", "f");
      expect(store, "recalled:never scope:x", corpus);
      expect(store, "recalled:4", "b");
      // Metadata.
      expect(store, "tier:core", "b");
      expect(store, "tier:core,WORKING", "b", "c");
      expect(store, "tier:peripheral", "f");
      expect(store, "source:manual plain");
      expect(store, "tier:* state:legacy", "c", "f");
      expect(store, "tier:\"\" scope:global", "a");
      expect(store, "tier:\"\" seconds", "d", "e");
      expect(store, "meta.none:\"\" plain", "c");
      expect(store, "meta.none:null", "c");
      expect(store, "meta.empty:* plain");
      expect(store, "meta.a.b:DEEP", "c");
      expect(store, "meta.a.n:<0", "c");
      expect(store, "meta.a:text", "f");
      expect(store, "meta.a:deep");
      expect(store, "meta.n:3.0", "b");
      expect(store, "meta.n:>2", "b", "c");
      expect(store, "meta.n:>=2.5 meta.n:<=2.5", "c");
      expect(store, "meta.tags:red", "c");
      expect(store, "meta.tags:7", "c");
      expect(store, "meta.tags:TRUE", "c");
      expect(store, "meta.on:true", "c");
      expect(store, "meta.on:1");
      expect(store, "meta.0:zero", corpus);
      expect(store, "gradle meta.on:true");
      expect(store, "plain meta.on:true", "c");
    }
  }

  @Test
  void everyMemoryIsInOnePartOfEachFacetAndItsQueryFindsIt() throws Exception {
    try (MemoryStore store = with(ENTRIES)) {
      StoreStats stats = store.stats();
      assertThat(stats.total()).isEqualTo(ENTRIES.size());
      TimeBreakdown times = new TimeBreakdown(CLOCK);
      TimeCounts byTime = store.facets().byTime(times.edges());
      MetadataCounts metadata = store.facets().byMetadata();
      List<Breakdown> all =
          List.of(
              Breakdowns.states(stats.byState(), stats.stamped()),
              Breakdowns.categories(stats.byCategory()),
              Breakdowns.scopes(stats.byScope()),
              times.months(byTime),
              times.ages(byTime),
              Breakdowns.tiers(metadata),
              Breakdowns.sources(metadata),
              Breakdowns.recalls(metadata));
      assertThat(all).extracting(Breakdown::facet).containsExactly(Facet.values());
      for (Breakdown facet : all) {
        assertThat(facet.total()).as("%s", facet).isEqualTo(stats.total());
        for (Slice slice : facet.slices()) {
          String query = slice.query();
          if (query != null) {
            assertThat(found(store, query)).as("%s", slice).hasSize(Math.toIntExact(slice.count()));
          }
        }
      }
      assertThat(named(Breakdowns.tiers(metadata)))
          .isEqualTo(Map.of("core", 1L, "working", 1L, "peripheral", 1L, "", 4L));
      assertThat(named(Breakdowns.sources(metadata))).isEqualTo(Map.of("manual", 1L, "", 6L));
      assertThat(named(Breakdowns.recalls(metadata)))
          .isEqualTo(Map.of("never", 5L, "some", 2L, "often", 0L));
      assertThat(named(times.months(byTime)))
          .isEqualTo(Map.of("2025-06", 4L, "2025-05", 2L, "", 1L));
      assertThat(named(times.ages(byTime)))
          .isEqualTo(Map.of("7d", 0L, "30d", 6L, "90d", 0L, "1y", 0L, "older", 0L, "", 1L));
    }
  }

  private static Map<String, Long> named(Breakdown facet) {
    return facet.slices().stream().collect(Collectors.toMap(Slice::name, Slice::count));
  }

  @Test
  void whatNobodyCouldNameIsCountedAsOthers() throws Exception {
    List<MemoryEntry> odd =
        List.of(
            row("1", "x", "fact", "*", 0.1, JUNE, "{\"tier\":[\"core\"],\"source\":7}"),
            row("2", "x", "fact", "*", 0.1, JUNE, "{\"tier\":{\"a\":1},\"source\":true}"),
            row("3", "x", "fact", "x", 0.1, JUNE, "{\"tier\":\"" + "t".repeat(61) + "\"}"),
            row("4", "x", "fact", "x", 0.1, JUNE, "{\"tier\":\"CORE\",\"access_count\":1e3}"),
            row("5", "x", "fact", "x", 0.1, JUNE, "{\"tier\":null,\"access_count\":[1]}"),
            row("6", "x", "fact", "x", 0.1, JUNE, "{\"tier\":\"it's \\\"a, b\\\"\"}"),
            row("7", "x", "fact", "x", 0.1, JUNE, "{\"tier\":\"\",\"access_count\":\"many\"}"));
    try (MemoryStore store = with(odd)) {
      MetadataCounts counts = store.facets().byMetadata();
      assertThat(counts.tiers())
          .isEqualTo(new MetadataCounts.Values(Map.of("core", 1L, "it's \"a, b\"", 1L), 2, 3));
      assertThat(counts.sources()).isEqualTo(new MetadataCounts.Values(Map.of(), 5, 2));
      assertThat(counts.recalls()).containsExactly(6L, 0L, 1L);
      for (Slice slice : Breakdowns.tiers(counts).slices()) {
        String query = slice.query();
        if (query != null && !slice.name().equals("core")) {
          assertThat(found(store, query)).as("%s", slice).hasSize(Math.toIntExact(slice.count()));
        }
      }
      Slice scope = Breakdowns.scopes(store.stats().byScope()).slices().getLast();
      assertThat(scope.name()).isEqualTo("*");
      assertThat(found(store, String.valueOf(scope.query()))).containsExactly("1", "2");
    }
  }

  @Test
  void theLargestComeFirst() throws Exception {
    try (MemoryStore store = with(ENTRIES)) {
      addBeside(store, row("big", "\u8BB0".repeat(300), "fact", "x", 0.1, JUNE, "{}"));
      addBeside(store, row("bigger", "b", "fact", "x", 0.1, JUNE, "\"" + "n".repeat(2_000) + '"'));
      List<LargeMemory> largest = store.facets().largest(3);
      assertThat(largest)
          .startsWith(
              new LargeMemory("bigger", "b", 2_003),
              new LargeMemory("big", "\u8BB0".repeat(200), 902))
          .hasSize(3);
      assertThat(store.facets().largest(100)).hasSize(ENTRIES.size() + 2);
    }
  }

  @Test
  void whatHasAMeaningElsewhereHasNoneHere() throws Exception {
    try (MemoryStore store = with(ENTRIES)) {
      expect(store, "100%", "b");
      expect(store, "%", "b");
      expect(store, "a%b");
      expect(store, "plai_");
      expect(store, "it's", "b");
      expect(store, "a_b", "b");
      expect(store, "\"\\\"quoted\\\"\"", "b");
      for (String hostile :
          List.of(
              "'; DROP TABLE memories; --",
              "\" OR \"\"=\"",
              "gradle OR NEAR(bazel",
              "text:*",
              "^*()-+{}[]",
              "gra\0dle",
              "\uD800",
              "meta.'x\"y:z",
              "meta.a\\b:z",
              "scope:'%_\\",
              "tier:\"a'b\\\"c\"",
              "id:\"x'41' OR 1=1\"",
              "x".repeat(10_000),
              "%".repeat(10_000),
              "\u4E2D".repeat(10_000),
              "w ".repeat(5_000),
              "\"".repeat(10_000),
              "meta.k:" + "v,".repeat(5_000))) {
        found(store, hostile);
      }
      expect(store, "", "a", "b", "c", "corpus:notes.md", "d", "e", "f");
    }
  }

  private static void expect(MemoryStore store, String text, String... ids) {
    assertThat(found(store, text)).as(text).containsExactly(ids);
  }

  @Test
  void theMarkChangesWithAnotherProgramsCommit() throws Exception {
    try (MemoryStore store = with(ENTRIES)) {
      long before = store.changeMark();
      addBeside(store, row("new", "new", "fact", "x", 0.1, JUNE, "{}"));
      assertThat(store.changeMark()).isNotEqualTo(before);
    }
  }
}
