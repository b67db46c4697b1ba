package dev.memoryconsole.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.testing.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does. Subclasses run it on a real engine. */
public abstract class MemoryStoreContractTest {
  protected static final LockPurpose PURPOSE = new LockPurpose(LockPurpose.Kind.UPGRADE, 7, 1);
  protected static final String UPGRADED = "{\"memory_category\":\"cases\",\"upgraded_at\":1}";
  private static final String FALLBACK =
      "{\"memory_category\":\"cases\",\"upgraded_by\":\"simple\",\"upgrade_error\":\"timeout\"}";

  @TempDir protected Path folder;
  protected MemoryStore store;

  /** An empty store inside the folder. */
  protected abstract MemoryStore create(Path directory) throws IOException;

  /** Another connection to the same store, as another program would have. */
  protected abstract MemoryStore openAgain(MemoryStore same);

  @BeforeEach
  final void createStore() throws Exception {
    store = create(folder);
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  protected static MemoryEntry entry(String id, String text, @Nullable String metadata) {
    return new MemoryEntry(id, text, "fact", "global", 0.5, 1_700_000_000_000L, metadata, 0);
  }

  protected static MemoryEntry at(String id, long timestamp) {
    return new MemoryEntry(id, "text of " + id, "fact", "global", 0.5, timestamp, "{}", 0);
  }

  private static MemoryEntry in(String id, @Nullable String category, @Nullable String scope) {
    return new MemoryEntry(id, "text of " + id, category, scope, 0.5, 1L, "{}", 0);
  }

  /** Adds rows as whoever fills such a store does. */
  protected void add(MemoryEntry... entries) throws InterruptedException {
    ((RowInsertion) store).insert(List.of(entries), ExistingRows.SKIP);
  }

  /** Whether rows have a version that rises with every write. */
  protected boolean countsVersions() {
    return true;
  }

  protected final MemoryEntry only(String id) {
    List<MemoryEntry> found = store.find(List.of(id));
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  protected final List<String> idsOf(EntryQuery query) {
    List<String> ids = store.ids(query, Integer.MAX_VALUE);
    assertThat(store.page(query, 0, Integer.MAX_VALUE)).extracting(MemoryEntry::id).isEqualTo(ids);
    assertThat(store.count(query)).isEqualTo(ids.size());
    return ids;
  }

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
        .containsExactlyInAnyOrder(full, bare);
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
  void patchAnswersForEveryId() throws Exception {
    add(at("a", 1), at("b", 1));
    PatchReport report =
        store.patch(
            List.of("a", "gone", "b"),
            Patches.of(row -> row.id().equals("a") ? UPGRADED : null),
            PURPOSE);
    assertThat(report.results().keySet()).containsExactly("a", "gone", "b");
    assertThat(report.results().get("a"))
        .isInstanceOfSatisfying(
            PatchResult.Written.class,
            written -> {
              assertThat(written.write().metadata()).isEqualTo(UPGRADED);
              assertThat(written.write().before().metadata()).isEqualTo("{}");
            });
    assertThat(report.results().get("gone")).isEqualTo(new PatchResult.Missing());
    assertThat(report.results().get("b")).isEqualTo(new PatchResult.Kept());
    assertThat(report.lock().outcome()).isEqualTo(LockAcquisition.Outcome.RELEASED);
    assertThat(report.lock().rows()).isEqualTo(1);
    assertThat(report.lock().purpose()).isEqualTo(PURPOSE);
  }

  @Test
  void patchChangesTheMetadataAndNothingElse() throws Exception {
    MemoryEntry row = new MemoryEntry("a", " text ", "fact", null, 0.25, 12L, null, 0);
    add(row);
    MemoryEntry before = only("a");
    store.patch(List.of("a"), Patches.of(current -> UPGRADED), PURPOSE);
    assertThat(only("a"))
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(Entries.withMetadata(before, UPGRADED));
  }

  @Test
  void nothingIsWrittenWhenTheBatchIsGivenUp() throws Exception {
    add(at("a", 1), at("b", 1));
    BatchPatch givesUp =
        new BatchPatch() {
          @Override
          public RowWrite writeFor(MemoryEntry current) {
            return new RowWrite(current, UPGRADED);
          }

          @Override
          public void beforeCommit(List<RowWrite> writes) {
            assertThat(writes).hasSize(2);
            throw new IllegalStateException("journal is full");
          }
        };
    assertThatThrownBy(() -> store.patch(List.of("a", "b"), givesUp, PURPOSE))
        .isInstanceOf(StoreException.class)
        .hasRootCauseMessage("journal is full");
    assertThat(store.find(List.of("a", "b"))).extracting(MemoryEntry::metadata).containsOnly("{}");
    store.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE);
    assertThat(only("a").metadata()).isEqualTo(UPGRADED);
  }

  @Test
  void rowsAreReadAgainInsideTheLock() throws Exception {
    add(entry("a", "text", "{}"));
    MemoryEntry stale = only("a");
    try (MemoryStore other = openAgain(store)) {
      other.patch(List.of("a"), Patches.of(row -> "{\"access_count\":5}"), PURPOSE);
    }
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    store.patch(
        List.of("a"),
        row -> {
          seen.set(row.metadata());
          return null;
        },
        PURPOSE);
    assertThat(stale.metadata()).isEqualTo("{}");
    assertThat(seen.get()).isEqualTo("{\"access_count\":5}");
  }

  @Test
  void everyAcquisitionIsCounted() throws Exception {
    add(at("a", 1));
    long before = store.lockMetrics().summary().acquisitions();
    store.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE);
    store.patch(List.of("a"), Patches.of(row -> null), PURPOSE);
    assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(before + 2);
    assertThat(store.lockMetrics().summaryOf(PURPOSE.run()).acquisitions()).isEqualTo(2);
  }

  @Test
  void eightThreadsLoseNoWrite() throws Exception {
    add(entry("a", "text", "0"));
    int threads = 8;
    int patches = 20;
    try (MemoryStore other = openAgain(store);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        MemoryStore mine = thread % 2 == 0 ? store : other;
        Callable<@Nullable Void> counting =
            () -> {
              for (int patch = 0; patch < patches; patch++) {
                mine.patch(List.of("a"), Patches.of(MemoryStoreContractTest::plusOne), PURPOSE);
              }
              return null;
            };
        all.add(executor.submit(counting));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(only("a").metadata()).isEqualTo(String.valueOf(threads * patches));
  }

  private static String plusOne(MemoryEntry row) {
    String metadata = row.metadata();
    return String.valueOf(Integer.parseInt(metadata == null ? "0" : metadata) + 1);
  }

  @Test
  void whoWaitsForTheLockCanBeInterrupted() throws Exception {
    add(entry("a", "text", "{}"));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    BatchPatch holding =
        row -> {
          held.countDown();
          awaitQuietly(release);
          return null;
        };
    try (MemoryStore other = openAgain(store);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<PatchReport> holder =
          executor.submit(() -> other.patch(List.of("a"), holding, PURPOSE));
      held.await();
      List<Thread> waiters = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        waiters.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        store.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE);
                      } catch (InterruptedException expected) {
                        interrupted.incrementAndGet();
                      }
                    }));
      }
      for (Thread waiter : waiters) {
        await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        waiter.interrupt();
        waiter.join();
      }
      release.countDown();
      holder.get();
    }
    assertThat(interrupted).hasValue(2);
    assertThat(only("a").metadata()).isEqualTo("{}");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void closingTwiceDoesNothingAndAClosedStoreSaysSo() {
    store.close();
    store.close();
    assertThatThrownBy(() -> store.count(EntryQuery.ALL))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  private void write(String id, String metadata) throws InterruptedException {
    store.patch(List.of(id), row -> new RowWrite(row, metadata), PURPOSE);
  }

  private Path snapshot() throws Exception {
    Path snapshot = Files.createDirectories(folder.resolve("copies")).resolve("snapshot.db");
    Restorable.of(store).snapshotTo(snapshot, SnapshotProgress.NONE);
    return snapshot;
  }

  @Test
  void aRestoredStoreIsAsItWasWhenTheSnapshotWasTaken() throws Exception {
    add(at("kept", 3), at("changed", 2), entry("upgraded", "old text", UPGRADED));
    List<MemoryEntry> before = store.page(EntryQuery.ALL, 0, 10);
    Path snapshot = snapshot();
    write("changed", FALLBACK);
    add(at("added", 9));
    Restorable.of(store)
        .restoreFrom(
            snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(store.page(EntryQuery.ALL, 0, 10))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
        .isEqualTo(before);
    assertThat(store.stats().upgraded()).isEqualTo(1);
    assertThat(idsOf(EntryQuery.ALL.withWords("old"))).containsExactly("upgraded");
    write("changed", UPGRADED);
    assertThat(only("changed").metadata()).isEqualTo(UPGRADED);
  }

  @Test
  void whoHasTheStoreOpenSeesTheRestoredContent() throws Exception {
    add(at("a", 1));
    Path snapshot = snapshot();
    try (MemoryStore other = openAgain(store)) {
      other.patch(List.of("a"), row -> new RowWrite(row, UPGRADED), PURPOSE);
      assertThat(other.find(List.of("a")).getFirst().metadata()).isEqualTo(UPGRADED);
      Restorable.of(store)
          .restoreFrom(
              snapshot,
              snapshot.resolveSibling("before"),
              RestoreGuard.NONE,
              SnapshotProgress.NONE);
      assertThat(other.find(List.of("a")).getFirst().metadata()).isEqualTo("{}");
      other.patch(List.of("a"), row -> new RowWrite(row, FALLBACK), PURPOSE);
    }
    assertThat(only("a").metadata()).isEqualTo(FALLBACK);
  }

  @Test
  void versionsRiseByARestoreToo() throws Exception {
    assumeTrue(countsVersions(), "this store keeps no versions");
    add(at("a", 1), at("b", 2));
    Path snapshot = snapshot();
    write("a", "{\"n\":1}");
    write("a", "{\"n\":2}");
    add(at("later", 3));
    long a = only("a").version();
    long b = only("b").version();
    long later = only("later").version();
    Restorable.of(store)
        .restoreFrom(
            snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
    assertThat(only("a").version()).isGreaterThan(a);
    assertThat(only("b").version()).isGreaterThan(b);
    add(at("later", 3));
    assertThat(only("later").version()).isGreaterThan(later);
  }

  @Test
  void aSnapshotTakesNoLockAndARestoreOne() throws Exception {
    add(at("a", 1), at("b", 1));
    long before = store.lockMetrics().summary().acquisitions();
    Path snapshot = snapshot();
    assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(before);
    LockAcquisition lock =
        Restorable.of(store)
            .restoreFrom(
                snapshot,
                snapshot.resolveSibling("before"),
                RestoreGuard.NONE,
                SnapshotProgress.NONE);
    assertThat(lock.purpose().kind()).isEqualTo(LockPurpose.Kind.RESTORE);
    assertThat(lock.outcome()).isEqualTo(LockAcquisition.Outcome.RELEASED);
    assertThat(lock.rows()).isEqualTo(2);
    assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(before + 1);
  }

  @Test
  void progressRisesToTheEnd() throws Exception {
    add(at("a", 1));
    List<Long> copied = new ArrayList<>();
    List<Long> totals = new ArrayList<>();
    SnapshotProgress progress =
        (done, total) -> {
          copied.add(done);
          totals.add(total);
        };
    Path snapshot = folder.resolve("snapshot.db");
    Restorable.of(store).snapshotTo(snapshot, progress);
    assertThat(copied).isSorted();
    assertThat(copied.getLast()).isPositive().isEqualTo(totals.getLast());
    copied.clear();
    totals.clear();
    Restorable.of(store)
        .restoreFrom(snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, progress);
    assertThat(copied).isSorted();
    assertThat(copied.getLast()).isPositive().isEqualTo(totals.getLast());
  }

  @Test
  void aCancelledSnapshotLeavesNothingBehind() throws Exception {
    add(at("a", 1));
    Path copies = Files.createDirectory(folder.resolve("copies"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                Restorable.of(store)
                    .snapshotTo(copies.resolve("snapshot.db"), SnapshotProgress.NONE))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(copies).isEmptyDirectory();
  }

  @Test
  void aSnapshotThatIsCancelledAtTheVeryEndIsGoneToo() throws Exception {
    add(at("a", 1));
    Path copies = Files.createDirectory(folder.resolve("copies"));
    assertThatThrownBy(
            () ->
                Restorable.of(store)
                    .snapshotTo(
                        copies.resolve("snapshot.db"),
                        (done, total) -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedException.class);
    assertThat(copies).isEmptyDirectory();
  }

  @Test
  void aCancelledRestoreChangesNothing() throws Exception {
    add(at("a", 1));
    Path snapshot = snapshot();
    write("a", UPGRADED);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                Restorable.of(store)
                    .restoreFrom(
                        snapshot,
                        snapshot.resolveSibling("before"),
                        RestoreGuard.NONE,
                        SnapshotProgress.NONE))
        .isInstanceOf(InterruptedException.class);
    assertThat(only("a").metadata()).isEqualTo(UPGRADED);
    assertThat(snapshot.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aSnapshotReplacesNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> Restorable.of(store).snapshotTo(file, SnapshotProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("exists already");
    assertThat(file).hasContent("mine");
  }

  @Test
  void whatIsNoSnapshotIsRefused() throws Exception {
    add(at("a", 1));
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a store");
    for (Path file : List.of(text, folder.resolve("missing.db"), folder)) {
      assertThatThrownBy(
              () ->
                  Restorable.of(store)
                      .restoreFrom(
                          file,
                          file.resolveSibling("before"),
                          RestoreGuard.NONE,
                          SnapshotProgress.NONE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("nothing was changed");
    }
    assertThat(only("a").metadata()).isEqualTo("{}");
  }
}
