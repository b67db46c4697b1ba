package dev.memoryconsole.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreStats;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store answers: lists, filters, orders, counts. */
public abstract class ReadingContract extends StoreContract {
  @Test
  void emptyStoreHasNothing() {
    assertThat(store.count(EntryQuery.ALL)).isZero();
    assertThat(store.page(EntryQuery.ALL, 0, 10)).isEmpty();
    assertThat(store.stats()).isEqualTo(new StoreStats(0, 0, 0, 0, 0, 0, Map.of(), Map.of()));
  }

  @Test
  void everyColumnComesBackAsItWasAdded() throws Exception {
    MemoryEntry full =
        new MemoryEntry(
            "mem-md-notes:12",
            "多行\n\"text\" 😀",
            "preference",
            "agent:a",
            0.87,
            1L,
            "{ \"a\":1 }",
            0);
    MemoryEntry bare = new MemoryEntry("bare", "", null, null, null, null, null, 0);
    add(full, bare);
    assertThat(store.find(List.of("mem-md-notes:12", "bare")))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
        .containsExactlyInAnyOrder(asKept(full), bare);
  }

  @Test
  void findLeavesOutWhatIsNotThere() throws Exception {
    add(at("a", 1), at("b", 2));
    assertThat(store.find(List.of("b", "nowhere")))
        .extracting(MemoryEntry::id)
        .containsExactly("b");
    assertThat(store.find(List.of())).isEmpty();
  }

  @Test
  void newestComesFirstAndPagesFollowEachOther() throws Exception {
    add(at("a", 10), at("b", 30), at("c", 20), at("d", 40));
    assertThat(store.page(EntryQuery.ALL, 0, 2))
        .extracting(MemoryEntry::id)
        .containsExactly("d", "b");
    assertThat(store.page(EntryQuery.ALL, 2, 2))
        .extracting(MemoryEntry::id)
        .containsExactly("c", "a");
    assertThat(store.page(EntryQuery.ALL, 4, 2)).isEmpty();
    assertThat(store.ids(EntryQuery.ALL, 3)).containsExactly("d", "b", "c");
  }

  @Test
  void tiesAreBrokenById() throws Exception {
    add(at("c", 1), at("a", 1), at("b", 1));
    assertThat(idsOf(EntryQuery.ALL)).containsExactly("a", "b", "c");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.CATEGORY, true)))
        .containsExactly("a", "b", "c");
  }

  @Test
  void sortsByEveryColumn() throws Exception {
    add(
        new MemoryEntry("a", "zebra", "fact", "x", 0.1, 3L, null, 0),
        new MemoryEntry("b", "apple", "other", "w", 0.9, 2L, null, 0),
        new MemoryEntry("c", "mango", "entity", "y", 0.5, 1L, null, 0));
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.ID, false)))
        .containsExactly("c", "b", "a");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.TIME, true)))
        .containsExactly("c", "b", "a");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.TEXT, true)))
        .containsExactly("b", "c", "a");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.CATEGORY, true)))
        .containsExactly("c", "a", "b");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.SCOPE, true)))
        .containsExactly("b", "a", "c");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.IMPORTANCE, false)))
        .containsExactly("b", "c", "a");
  }

  @Test
  void sortsByStateAndTierAndAmongTheSameByTime() throws Exception {
    add(
        new MemoryEntry("a", "t", "fact", "x", 0.5, 1L, "{\"tier\":\"core\"}", 0),
        new MemoryEntry("b", "t", "fact", "x", 0.5, 3L, "{\"memory_category\":\"cases\"}", 0),
        new MemoryEntry("c", "t", "fact", "x", 0.5, 2L, "{\"tier\":7}", 0),
        new MemoryEntry("d", "t", "fact", "x", 0.5, 2L, "{\"tier\":\"working\"}", 0),
        new MemoryEntry("e", "t", "fact", "x", 0.5, 4L, "no json", 0));
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.STATE, true)))
        .containsExactly("a", "c", "d", "e", "b");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.STATE, false)))
        .containsExactly("b", "e", "d", "c", "a");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.TIER, true)))
        .containsExactly("c", "b", "e", "a", "d");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.SCOPE, false)))
        .containsExactly("e", "b", "d", "c", "a");
  }

  @Test
  void aTextsFirstSixtyCharactersCountForItsPlace() throws Exception {
    String begin = "x".repeat(EntryQuery.TEXT_ORDER_LENGTH);
    add(
        new MemoryEntry("a", begin + "z", "fact", "x", 0.5, 1L, null, 0),
        new MemoryEntry("b", begin + "y", "fact", "x", 0.5, 2L, null, 0),
        new MemoryEntry("c", begin.substring(1), "fact", "x", 0.5, 3L, null, 0));
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.TEXT, true)))
        .containsExactly("c", "a", "b");
  }

  @Test
  void aListHasAllThatMatchAndItsBeginningIsTold() throws Exception {
    add(at("a", 10), at("b", 30), at("c", 20), at("d", 40));
    assertThat(store.list(EntryQuery.ALL, 2, first -> {})).containsExactly("d", "b", "c", "a");
    assertThat(store.list(EntryQuery.ALL.withWords("nowhere"), 2, first -> {})).isEmpty();
  }

  @Test
  void filtersByScopeAndCategoryAndTheEmptyStringIsAnAbsentOne() throws Exception {
    add(in("a", "fact", "x"), in("b", "fact", null), in("c", null, "x"), in("d", "other", "y"));
    assertThat(idsOf(EntryQuery.ALL.withScopes(Set.of("x")))).containsExactly("a", "c");
    assertThat(idsOf(EntryQuery.ALL.withScopes(Set.of("", "y")))).containsExactly("b", "d");
    assertThat(idsOf(EntryQuery.ALL.withCategories(Set.of("")))).containsExactly("c");
    assertThat(idsOf(EntryQuery.ALL.withCategories(Set.of("fact")).withScopes(Set.of("x"))))
        .containsExactly("a");
  }

  @Test
  void filtersByIds() throws Exception {
    add(at("a", 1), at("b", 1), at("c", 1));
    assertThat(idsOf(EntryQuery.ALL.withIds(Set.of("c", "a", "gone")))).containsExactly("a", "c");
    assertThat(idsOf(EntryQuery.ALL.withIds(Set.of()))).isEmpty();
    assertThat(idsOf(EntryQuery.ALL.withIds(null))).hasSize(3);
  }

  @Test
  void filtersAndCountsByState() throws Exception {
    add(
        entry("legacy", "one", "{}"),
        entry("none", "two", null),
        entry("upgraded", "three", UPGRADED),
        entry("fallback", "four", FALLBACK),
        new MemoryEntry("reflection", "five", "reflection", null, null, 1L, "{}", 0));
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY))))
        .containsExactly("legacy", "none");
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED, MemoryState.FALLBACK))))
        .containsExactly("fallback", "upgraded", "reflection");
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.values())))).hasSize(5);
    assertThat(store.stats())
        .isEqualTo(
            new StoreStats(
                5,
                2,
                2,
                1,
                0,
                0,
                Map.of("fact", 4L, "reflection", 1L),
                Map.of("global", 4L, "", 1L)));
  }

  @Test
  void corpusRowsAreAKindOfTheirOwn() throws Exception {
    add(
        entry("legacy", "one", "{}"),
        entry("corpus:by-id", "two", null),
        entry("by-flag", "three", "{\"openclaw_corpus\":true}"),
        entry("corpus:stamped", "four", "{\"memory_category\":\"cases\",\"source\":\"legacy\"}"),
        entry("corpus:failed", "five", FALLBACK),
        entry("no", "six", "{\"openclaw_corpus\":\"true\"}"),
        entry("corpus", "seven", UPGRADED),
        new MemoryEntry(
            "dream", "eight", "reflection", null, null, 1L, "{\"openclaw_corpus\":true}", 0));
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.CORPUS))))
        .containsExactly("by-flag", "corpus:by-id", "corpus:failed", "corpus:stamped", "dream");
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY))))
        .containsExactly("legacy", "no");
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED, MemoryState.FALLBACK))))
        .containsExactly("corpus");
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY, MemoryState.CORPUS))))
        .hasSize(7);
    assertThat(idsOf(EntryQuery.ALL.onlyRetryable())).isEmpty();
    assertThat(idsOf(EntryQuery.ALL.onlyStamped())).isEmpty();
    StoreStats stats = store.stats();
    assertThat(stats.total()).isEqualTo(8);
    assertThat(stats.legacy()).isEqualTo(2);
    assertThat(stats.upgraded()).isEqualTo(1);
    assertThat(stats.fallback()).isZero();
    assertThat(stats.stamped()).isZero();
    assertThat(stats.corpus()).isEqualTo(5);
  }

  @Test
  void whatThePluginMadeInOneGoIsNotStamped() throws Exception {
    add(
        entry("patched", "one", "{\"memory_category\":\"cases\",\"source\":\"legacy\"}"),
        entry("summary", "two", "{\"memory_category\":\"cases\",\"type\":\"session-summary\"}"),
        entry("compacted", "three", "{\"memory_category\":\"cases\",\"compacted\":true}"),
        entry("not", "four", "{\"memory_category\":\"cases\",\"compacted\":\"yes\"}"));
    assertThat(idsOf(EntryQuery.ALL.onlyStamped())).containsExactly("not", "patched");
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED))))
        .containsExactly("compacted", "summary");
    assertThat(store.stats().stamped()).isEqualTo(2);
    assertThat(store.stats().upgraded()).isEqualTo(2);
  }

  /** Whatever is below 10^12 counts seconds, in the order too. */
  @Test
  void timesInSecondsAreOrderedAmongThoseInMilliseconds() throws Exception {
    add(
        at("ms-2025", 1_736_838_278_000L),
        at("s-2026", 1_780_000_000L),
        at("ms-2024", 1_704_067_200_000L),
        at("s-2023", 1_680_000_000L));
    assertThat(idsOf(EntryQuery.ALL)).containsExactly("s-2026", "ms-2025", "ms-2024", "s-2023");
    assertThat(idsOf(EntryQuery.ALL.sortedBy(EntryQuery.Sort.TIME, true)))
        .containsExactly("s-2023", "ms-2024", "ms-2025", "s-2026");
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY))))
        .containsExactly("s-2026", "ms-2025", "ms-2024", "s-2023");
    assertThat(store.find(List.of("s-2026")).getFirst().timestamp()).isEqualTo(1_780_000_000L);
  }

  @Test
  void whatWasMerelyStampedIsOfferedAndNotCountedAsUpgraded() throws Exception {
    add(
        entry("upgraded", "one", UPGRADED),
        entry("patched", "two", "{\"memory_category\":\"cases\",\"source\":\"legacy\"}"),
        entry("bare", "three", "{\"memory_category\":\"cases\"}"),
        entry("written", "four", "{\"memory_category\":\"cases\",\"source\":\"manual\"}"),
        entry("fallback", "five", FALLBACK),
        entry("legacy", "six", "{\"source\":\"legacy\"}"),
        new MemoryEntry("reflection", "seven", "reflection", null, null, 1L, "{}", 0));
    assertThat(idsOf(EntryQuery.ALL.onlyStamped())).containsExactly("bare", "patched");
    assertThat(idsOf(EntryQuery.ALL.withStates(Set.of(MemoryState.UPGRADED))))
        .containsExactly("upgraded", "written", "reflection");
    assertThat(store.stats().stamped()).isEqualTo(2);
    assertThat(store.stats().upgraded()).isEqualTo(3);
    assertThat(store.stats().total()).isEqualTo(7);
  }

  @Test
  void retryableIsWhatTheSimpleEnrichmentMade() throws Exception {
    add(
        entry("simple", "one", "{\"memory_category\":\"cases\",\"upgraded_by\":\"simple\"}"),
        entry("model", "two", "{\"memory_category\":\"cases\",\"upgraded_by\":\"llm:m\"}"),
        entry("fallback", "three", FALLBACK),
        entry("legacy", "four", "{}"));
    assertThat(idsOf(EntryQuery.ALL.onlyRetryable())).containsExactly("fallback", "simple");
  }

  @Test
  void findsWordsInTextAndAbstractIgnoringCase() throws Exception {
    add(
        entry("a", "The Tunnel is 50% slower", "{}"),
        entry("b", "Nothing here", "{\"l0_abstract\":\"about a tunnel\"}"),
        entry("c", "a \"quoted\" word_with_underscore", "{}"));
    assertThat(idsOf(EntryQuery.ALL.withWords("tunnel"))).containsExactly("a", "b");
    assertThat(idsOf(EntryQuery.ALL.withWords("unn"))).containsExactly("a", "b");
    assertThat(idsOf(EntryQuery.ALL.withWords(" TUNNEL  slow "))).containsExactly("a");
    assertThat(idsOf(EntryQuery.ALL.withWords("\"quoted\""))).containsExactly("c");
    assertThat(idsOf(EntryQuery.ALL.withWords("0%"))).containsExactly("a");
    assertThat(idsOf(EntryQuery.ALL.withWords("d_"))).containsExactly("c");
    assertThat(idsOf(EntryQuery.ALL.withWords("IS"))).containsExactly("a");
    assertThat(idsOf(EntryQuery.ALL.withWords("absent"))).isEmpty();
    assertThat(idsOf(EntryQuery.ALL.withWords("  "))).hasSize(3);
  }

  @Test
  void findsChineseAndJapaneseOfAnyLength() throws Exception {
    add(entry("zh", "用户喜欢使用深色主题", "{}"), entry("ja", "コミットメッセージは英語で", "{\"l0_abstract\":\"深い\"}"));
    assertThat(idsOf(EntryQuery.ALL.withWords("深色"))).containsExactly("zh");
    assertThat(idsOf(EntryQuery.ALL.withWords("深"))).containsExactly("ja", "zh");
    assertThat(idsOf(EntryQuery.ALL.withWords("使用深色"))).containsExactly("zh");
    assertThat(idsOf(EntryQuery.ALL.withWords("メッセージ\u3000英語"))).containsExactly("ja");
  }

  @Test
  void wordsFollowAChangeOfTheMetadata() throws Exception {
    add(entry("a", "text", "{\"l0_abstract\":\"before\"}"));
    store.patch(List.of("a"), Patches.of(row -> "{\"l0_abstract\":\"afterwards\"}"), PURPOSE);
    assertThat(idsOf(EntryQuery.ALL.withWords("before"))).isEmpty();
    assertThat(idsOf(EntryQuery.ALL.withWords("afterwards"))).containsExactly("a");
    assertThat(idsOf(EntryQuery.ALL.withWords("text"))).containsExactly("a");
  }

  @Test
  void closingTwiceDoesNothingAndAClosedStoreSaysSo() {
    store.close();
    store.close();
    assertThatThrownBy(() -> store.count(EntryQuery.ALL))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }
}
