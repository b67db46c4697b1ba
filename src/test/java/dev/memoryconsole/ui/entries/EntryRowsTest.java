package dev.memoryconsole.ui.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.task.Background;
import dev.memoryconsole.ui.common.task.Tasks;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Which rows are read of a store that takes its time. */
@Tag("ui")
class EntryRowsTest {
  private static final int MANY = 10_000;
  private static final EntryQuery OTHER = EntryQuery.ALL.sortedBy(EntryQuery.Sort.TIER, true);

  private final Background background = new Background();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Tasks tasks = new Tasks(background, failures::add);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger lists = new AtomicInteger();
  private final AtomicInteger givenUp = new AtomicInteger();
  private final AtomicInteger shown = new AtomicInteger();
  private final List<Integer> pages = new CopyOnWriteArrayList<>();
  private final MemoryStore store = store();
  private volatile boolean tellsFirst = true;
  private volatile boolean waits;
  private volatile long mark;
  private volatile Set<String> deleted = Set.of();
  private final EntryRows rows =
      WaitForAsyncUtils.waitForAsyncFx(60_000, () -> new EntryRows(tasks));

  @BeforeAll
  static void startToolkit() throws Exception {
    FxToolkit.registerPrimaryStage();
  }

  @AfterEach
  void close() {
    gate.countDown();
    fx(tasks::stop);
    background.close();
    assertThat(failures).isEmpty();
  }

  @Test
  void theFirstRowsAreShownBeforeAllAreListed() {
    waits = true;
    list(EntryQuery.ALL);
    until(() -> rows.rows().get().size() == LazyList.PAGE);
    fx(
        () -> {
          assertThat(rows.complete().get()).isFalse();
          assertThat(rows.rows().get().get(0).id()).isEqualTo("m0");
        });
    gate.countDown();
    until(() -> rows.complete().get());
    fx(() -> assertThat(rows.rows().get()).hasSize(MANY));
    assertThat(shown).hasValue(1);
  }

  @Test
  void whatNobodyWaitsForIsGivenUpWhereItIsRead() {
    list(EntryQuery.ALL);
    until(() -> rows.complete().get());
    waits = true;
    tellsFirst = false;
    list(OTHER);
    until(() -> lists.get() == 2);
    // What was there stays, and after a moment it is said that others are waited for.
    until(() -> rows.late().get());
    fx(() -> assertThat(rows.rows().get()).hasSize(MANY));
    list(OTHER.sortedBy(EntryQuery.Sort.ID, true));
    until(() -> givenUp.get() == 1 && lists.get() == 3);
    fx(() -> rows.cancel());
    until(() -> givenUp.get() == 2 && !rows.late().get());
    fx(() -> assertThat(rows.rows().get()).hasSize(MANY));
    assertThat(shown).hasValue(1);
  }

  @Test
  void howeverOftenTheSameIsReadAnewAListComesToItsEnd() {
    list(EntryQuery.ALL);
    until(() -> rows.complete().get());
    waits = true;
    fx(() -> rows.renew(asked(EntryQuery.ALL), shown::incrementAndGet));
    until(() -> lists.get() == 2);
    for (int i = 0; i < 5; i++) {
      fx(() -> rows.renew(asked(EntryQuery.ALL), shown::incrementAndGet));
    }
    fx(() -> assertThat(rows.late().get()).isFalse());
    gate.countDown();
    // Once more, for what was asked for meanwhile.
    until(() -> shown.get() == 3);
    assertThat(lists).hasValue(3);
    assertThat(givenUp).hasValue(0);
  }

  @Test
  void whatIsOnScreenIsReadAnewOnlyIfItIsOld() {
    list(EntryQuery.ALL);
    until(() -> rows.complete().get());
    keepUp(Set.of());
    // Somebody has written since.
    mark = 1;
    keepUp(Set.of());
    until(() -> lists.get() == 2 && shown.get() == 2);
    // Others have failed since.
    keepUp(Set.of("m1"));
    until(() -> lists.get() == 3 && shown.get() == 3);
    keepUp(Set.of("m1"));
    fx(() -> rows.renew(asked(EntryQuery.ALL), shown::incrementAndGet));
    until(() -> shown.get() == 4);
    assertThat(lists).hasValue(4);
  }

  @Test
  void whoWantsItAnewInAnyCaseIsNotPutOffByWhoWantsItIfItIsOld() {
    waits = true;
    list(EntryQuery.ALL);
    until(() -> lists.get() == 1);
    fx(() -> rows.renew(asked(EntryQuery.ALL), shown::incrementAndGet));
    keepUp(Set.of());
    gate.countDown();
    until(() -> lists.get() == 2 && shown.get() == 2);
  }

  private void keepUp(Set<String> failed) {
    EntryRows.Asked asked = new EntryRows.Asked(store, EntryQuery.ALL, failed);
    fx(() -> rows.renewIfOld(asked, shown::incrementAndGet));
  }

  @Test
  void onlyWhatIsLookedAtIsReadAndWhatIsGoneSaysSo() {
    list(EntryQuery.ALL);
    until(() -> rows.complete().get());
    deleted = Set.of("m5001");
    pages.clear();
    fx(
        () -> {
          for (int at = 0; at < MANY; at += LazyList.PAGE) {
            rows.rows().get().get(at);
          }
          rows.rows().get().get(5_000);
        });
    until(() -> rows.rows().get().loaded(5_000) != null);
    fx(
        () -> {
          assertThat(rows.rows().get().get(5_000).id()).isEqualTo("m5000");
          assertThat(rows.rows().get().get(5_001)).isSameAs(MemoryRow.GONE);
          assertThat(rows.rows().get().get(5_002).id()).isEqualTo("m5002");
        });
    assertThat(pages).hasSizeLessThan(10);
  }

  private void list(EntryQuery query) {
    fx(() -> rows.list(asked(query), shown::incrementAndGet));
  }

  private EntryRows.Asked asked(EntryQuery query) {
    return new EntryRows.Asked(store, query, Set.of());
  }

  private MemoryStore store() {
    return (MemoryStore)
        Proxy.newProxyInstance(
            MemoryStore.class.getClassLoader(),
            new Class<?>[] {MemoryStore.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "list" -> list(arguments);
                  case "changeMark" -> mark;
                  case "find" -> find((Collection<?>) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @SuppressWarnings("unchecked")
  private List<String> list(Object[] arguments) throws InterruptedException {
    lists.incrementAndGet();
    List<String> ids = IntStream.range(0, MANY).mapToObj(i -> "m" + i).toList();
    if (tellsFirst) {
      ((Consumer<List<MemoryEntry>>) arguments[2]).accept(find(ids.subList(0, LazyList.PAGE)));
    }
    BooleanSupplier unwanted = Cancellation.current();
    while (waits && gate.getCount() > 0) {
      if (unwanted.getAsBoolean()) {
        givenUp.incrementAndGet();
        throw new CancellationException();
      }
      Thread.sleep(1);
    }
    return ids;
  }

  private List<MemoryEntry> find(Collection<?> ids) {
    pages.add(ids.size());
    return ids.stream()
        .map(String::valueOf)
        .filter(id -> !deleted.contains(id))
        .map(id -> new MemoryEntry(id, "Memory " + id, "fact", "global", 0.5, 1L, null, 1))
        .toList();
  }

  private static void fx(Runnable action) {
    WaitForAsyncUtils.waitForAsyncFx(60_000, action);
  }

  private static void until(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> WaitForAsyncUtils.waitForAsyncFx(60_000, condition::getAsBoolean));
  }
}
