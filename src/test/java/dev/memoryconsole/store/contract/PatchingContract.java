package dev.memoryconsole.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowColumn;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.testing.Entries;
import java.util.ArrayList;
import java.util.EnumMap;
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
import org.junit.jupiter.api.Test;

/** How every store writes under its lock. */
public abstract class PatchingContract extends StoreContract {
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
              assertThat(written.write()).isInstanceOf(RowWrite.Change.class);
              RowWrite.Change change = (RowWrite.Change) written.write();
              assertThat(change.metadata()).isEqualTo(UPGRADED);
              assertThat(change.before().metadata()).isEqualTo("{}");
            });
    assertThat(report.results().get("gone")).isEqualTo(new PatchResult.Missing());
    assertThat(report.results().get("b")).isEqualTo(new PatchResult.Kept());
    assertThat(report.lock().outcome()).isEqualTo(LockAcquisition.Outcome.RELEASED);
    assertThat(report.lock().rows()).isEqualTo(1);
    assertThat(report.lock().purpose()).isEqualTo(PURPOSE);
  }

  @Test
  void columnsAreWrittenWhereThatIsAskedForAndOnlyThose() throws Exception {
    add(entry("a", "A.", "{}"), entry("b", "B.", "{}"), entry("c", "C.", "{}"));
    Map<String, ColumnValues> wanted =
        Map.of(
            "a", columns(RowColumn.SCOPE, "agent:一"),
            "b", columns(RowColumn.CATEGORY, null),
            "c", columns(RowColumn.IMPORTANCE, 0.25));
    PatchReport report =
        store.patch(
            List.of("a", "b", "c"),
            row ->
                new RowWrite.Change(
                    row, UPGRADED, wanted.getOrDefault(row.id(), ColumnValues.NONE)),
            PURPOSE);
    assertThat(report.results().values()).allMatch(result -> result instanceof PatchResult.Written);
    assertThat(store.find(List.of("a", "b", "c")))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
        .containsExactlyInAnyOrder(
            asKept(
                new MemoryEntry(
                    "a", "A.", "fact", "agent:一", 0.5, 1_700_000_000_000L, UPGRADED, 0)),
            asKept(
                new MemoryEntry("b", "B.", null, "global", 0.5, 1_700_000_000_000L, UPGRADED, 0)),
            asKept(
                new MemoryEntry(
                    "c", "C.", "fact", "global", 0.25, 1_700_000_000_000L, UPGRADED, 0)));
    assertThat(idsOf(EntryQuery.ALL.withScopes(Set.of("agent:一")))).containsExactly("a");
    assertThat(only("a").version()).isEqualTo(countsVersions() ? 2 : 0);
  }

  private static ColumnValues columns(RowColumn column, @Nullable Object value) {
    Map<RowColumn, @Nullable Object> values = new EnumMap<>(RowColumn.class);
    values.put(column, value);
    return new ColumnValues(values);
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
        .isEqualTo(asKept(Entries.withMetadata(before, UPGRADED)));
  }

  @Test
  void nothingIsWrittenWhenTheBatchIsGivenUp() throws Exception {
    add(at("a", 1), at("b", 1));
    BatchPatch givesUp =
        new BatchPatch() {
          @Override
          public RowWrite writeFor(MemoryEntry current) {
            return new RowWrite.Change(current, UPGRADED);
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
    assertThat(only("a").metadata()).isEqualTo(asKept(UPGRADED));
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
    assertThat(seen.get()).isEqualTo(asKept("{\"access_count\":5}"));
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
                mine.patch(List.of("a"), Patches.of(PatchingContract::plusOne), PURPOSE);
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
      await().until(() -> store.lockMetrics().live().waiting().size() == waiters.size());
      for (Thread waiter : waiters) {
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
}
