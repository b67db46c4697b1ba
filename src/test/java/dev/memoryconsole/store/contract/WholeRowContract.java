package dev.memoryconsole.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How every store deletes whole rows and puts them back. */
public abstract class WholeRowContract extends StoreContract {
  /** Makes the writes that were given to it, where the rows are still there or still are not. */
  private static class Given implements BatchPatch {
    final Map<String, RowWrite> writes = new HashMap<>();
    List<String> together = List.of();

    Given(List<RowWrite> writes) {
      writes.forEach(write -> this.writes.put(write.id(), write));
    }

    @Override
    public @Nullable RowWrite writeFor(MemoryEntry current) {
      return writes.get(current.id()) instanceof RowWrite.Return ? null : writes.get(current.id());
    }

    @Override
    public RowWrite.@Nullable Return returnOf(String id) {
      return writes.get(id) instanceof RowWrite.Return back ? back : null;
    }

    @Override
    public boolean hasUnits() {
      return !together.isEmpty();
    }

    @Override
    public List<String> together(String id) {
      return together.contains(id) ? together : List.of(id);
    }
  }

  private RowWrite.Removal removal(String id) {
    return (RowWrite.Removal) store.foresee(List.of(new RowWrite.Removal(only(id)))).getFirst();
  }

  private RowImage image(RowWrite.Removal removal) {
    return Objects.requireNonNull(removal.image());
  }

  private PatchReport patch(RowWrite... writes) throws InterruptedException {
    return patch(new Given(List.of(writes)));
  }

  private PatchReport patch(Given given) throws InterruptedException {
    return store.patch(List.copyOf(given.writes.keySet()), given, PURPOSE);
  }

  @Test
  void aRowIsDeletedAndPutBackAsItWas() throws Exception {
    add(
        entry("a", "A 'b' 记忆.", "{ \"k\" : 1.0 }"),
        new MemoryEntry("b", "", null, null, null, null, null, 0),
        at("c", 3));
    List<MemoryEntry> before = store.find(List.of("a", "b"));
    RowWrite.Removal a = removal("a");
    RowWrite.Removal b = removal("b");
    PatchReport report = patch(a, b);
    assertThat(report.results().values()).allMatch(result -> result instanceof PatchResult.Written);
    assertThat(report.lock().rows()).isEqualTo(2);
    assertThat(idsOf(EntryQuery.ALL)).containsExactly("c");
    assertThat(store.stats().total()).isEqualTo(1);
    patch(new RowWrite.Return("a", image(a)), new RowWrite.Return("b", image(b)));
    assertThat(store.find(List.of("a", "b")))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
        .isEqualTo(before);
    if (countsVersions()) {
      assertThat(only("a").version()).isGreaterThan(before.getFirst().version());
    } else {
      assertThat(image(removal("a"))).isEqualTo(image(a));
    }
    assertThat(idsOf(EntryQuery.ALL.withWords("记忆"))).containsExactly("a");
    assertThat(store.stats().total()).isEqualTo(3);
  }

  @Test
  void aRowThatChangedSinceItWasReadIsNotDeleted() throws Exception {
    add(at("a", 1), at("b", 2));
    RowWrite.Removal a = removal("a");
    RowWrite.Removal b = removal("b");
    try (MemoryStore other = openAgain(store)) {
      other.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE);
    }
    Map<String, PatchResult> results = patch(a, b).results();
    assertThat(results.get("a")).isEqualTo(new PatchResult.Outdated());
    assertThat(results.get("b")).isEqualTo(new PatchResult.Written(b));
    assertThat(only("a").metadata()).isEqualTo(asKept(UPGRADED));
    // Nor is one that nobody has read whole.
    assertThat(patch(new RowWrite.Removal(only("a"))).results().get("a"))
        .isEqualTo(new PatchResult.Outdated());
  }

  @Test
  void nothingIsPutBackWhereARowIsThere() throws Exception {
    add(entry("a", "ours", "{}"));
    RowWrite.Removal ours = removal("a");
    patch(ours);
    add(entry("a", "theirs", "{}"));
    assertThat(patch(new RowWrite.Return("a", image(ours))).results().get("a"))
        .isEqualTo(new PatchResult.Kept());
    assertThat(only("a").text()).isEqualTo("theirs");
  }

  @Test
  void aBatchChangesDeletesAndPutsBackInOneGo() throws Exception {
    add(at("a", 1), at("b", 2), at("c", 3), at("d", 4));
    RowWrite.Removal c = removal("c");
    patch(c);
    long before = store.lockMetrics().summary().acquisitions();
    PatchReport report =
        patch(
            new RowWrite.Change(only("a"), UPGRADED),
            removal("b"),
            new RowWrite.Return("c", image(c)));
    assertThat(report.results().values()).allMatch(result -> result instanceof PatchResult.Written);
    assertThat(report.lock().rows()).isEqualTo(3);
    assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(before + 1);
    assertThat(store.ids(EntryQuery.ALL, 10)).containsExactlyInAnyOrder("a", "c", "d");
    assertThat(only("a").metadata()).isEqualTo(asKept(UPGRADED));
    assertThat(only("c").text()).isEqualTo("text of c");
    assertThat(only("d").metadata()).isEqualTo("{}");
  }

  @Test
  void whatBelongsTogetherIsWrittenTogetherOrNotAtAll() throws Exception {
    add(at("a", 1), at("b", 2), at("c", 3));
    List<RowWrite> told = new ArrayList<>();
    Given given =
        new Given(
            List.of(
                new RowWrite.Change(only("a"), UPGRADED),
                removal("b"),
                new RowWrite.Change(only("c"), UPGRADED))) {
          @Override
          public void beforeCommit(List<RowWrite> writes) {
            told.addAll(writes);
          }
        };
    given.together = List.of("a", "b");
    write("b", FALLBACK);
    Map<String, PatchResult> results = patch(given).results();
    assertThat(results.get("a")).isEqualTo(new PatchResult.Kept());
    assertThat(results.get("b")).isEqualTo(new PatchResult.Outdated());
    assertThat(results.get("c")).isInstanceOf(PatchResult.Written.class);
    assertThat(told).extracting(RowWrite::id).containsExactly("c");
    assertThat(only("a").metadata()).isEqualTo("{}");
    assertThat(only("b").metadata()).isEqualTo(asKept(FALLBACK));
  }

  @Test
  void nothingIsDeletedWhenTheBatchIsGivenUp() throws Exception {
    add(at("a", 1));
    Given givesUp =
        new Given(List.of(removal("a"))) {
          @Override
          public void beforeCommit(List<RowWrite> writes) {
            throw new IllegalStateException("journal is full");
          }
        };
    assertThatThrownBy(() -> patch(givesUp))
        .isInstanceOf(StoreException.class)
        .hasRootCauseMessage("journal is full");
    assertThat(idsOf(EntryQuery.ALL)).containsExactly("a");
  }

  @Test
  void whatIsGoneHasNoImage() throws Exception {
    add(at("a", 1));
    RowWrite.Removal gone = new RowWrite.Removal(only("a"));
    patch(removal("a"));
    assertThat(store.foresee(List.of(gone))).containsExactly(gone);
    assertThat(patch(gone).results().get("a")).isEqualTo(new PatchResult.Missing());
  }
}
