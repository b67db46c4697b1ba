package dev.memoryconsole.store.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;

/** The plugin's real store, and what its rows may look like. */
class LanceStoreTest {
  private static final LockPurpose PURPOSE = new LockPurpose(LockPurpose.Kind.UPGRADE, 1, 1);
  private static final int REAL = 320;
  private static final int LEGACY = 240;

  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void copy() throws Exception {
    root = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
  }

  private LanceStore open() {
    return LanceStore.open(root, PluginTable.options());
  }

  private static MemoryEntry row(String id, @Nullable String scope, @Nullable String metadata) {
    return new MemoryEntry(id, "text of " + id, "fact", scope, null, 1_700_000_000L, metadata, 0);
  }

  @Test
  void theStoreThatThePluginWroteIsRead() {
    try (LanceStore store = open()) {
      assertThat(store.kind()).isEqualTo("LanceDB");
      assertThat(store.location()).isEqualTo(StoreLocation.of(root.toAbsolutePath()));
      assertThat(store.stats().total()).isEqualTo(REAL);
      assertThat(store.stats().legacy()).isEqualTo(LEGACY);
      assertThat(store.writeRefusal()).isEmpty();
      List<MemoryEntry> page = store.page(EntryQuery.ALL, 0, 1_000);
      assertThat(page).hasSize(REAL);
      assertThat(store.find(page.stream().map(MemoryEntry::id).toList()))
          .containsExactlyElementsOf(page);
    }
  }

  @Test
  void theTableItselfNamesTheStoreToo() throws Exception {
    try (LanceStore store =
        LanceStore.open(root.resolve("memories.lance"), PluginTable.options())) {
      assertThat(store.location()).isEqualTo(StoreLocation.of(root.toAbsolutePath()));
    }
    assertThat(LanceStore.rootOf(root)).contains(root.toRealPath());
    assertThat(LanceStore.rootOf(root.resolve("memories.lance"))).contains(root.toRealPath());
    assertThat(LanceStore.rootOf(folder)).isEmpty();
  }

  @Test
  void theDirectoryMayHaveAnyName() throws Exception {
    Path odd = PluginTable.copyOfReal(folder.resolve("my agent's #1 (50%20) é 深"));
    try (LanceStore store = LanceStore.open(odd, PluginTable.options())) {
      List<String> ids = store.ids(EntryQuery.ALL, 3);
      store.patch(ids, Patches.of(row -> "{\"a\":1}"), PURPOSE);
      assertThat(store.find(ids)).allMatch(row -> "{\"a\":1}".equals(row.metadata()));
      assertThat(folder).isDirectoryNotContaining("glob:**/my agent's #1 (50 ) é 深");
    }
  }

  @Test
  void aPatchKeepsVectorsAndAllOtherColumnsBitForBit() throws Exception {
    try (PluginTable plugin = PluginTable.of(root);
        LanceStore store = open()) {
      Map<String, String> before = plugin.allButMetadata();
      List<String> ids = store.ids(EntryQuery.ALL, 250);
      store.patch(ids, Patches.of(row -> "{\"memory_category\":\"cases\"}"), PURPOSE);
      assertThat(plugin.allButMetadata()).isEqualTo(before);
      assertThat(store.find(ids))
          .hasSize(250)
          .allSatisfy(row -> assertThat(row.metadata()).contains("cases"));
      assertThat(store.stats().total()).isEqualTo(REAL);
    }
  }

  @Test
  void oddRowsAreReadAndWritten() throws Exception {
    List<MemoryEntry> odd =
        List.of(
            row("mem-md-notes:12", null, null),
            row("it's \"x\" \\ % _ 多 😀", "", "{}"),
            row("blank", "  ", "not json"),
            row("", "global", "[1]"),
            row("' OR 1 = 1 --", "global", ""));
    try (PluginTable plugin = PluginTable.create(folder.resolve("odd"));
        LanceStore store = LanceStore.open(plugin.root(), PluginTable.options())) {
      plugin.add(odd);
      List<String> ids = odd.stream().map(MemoryEntry::id).toList();
      assertThat(store.find(ids)).containsExactlyElementsOf(odd);
      assertThat(store.ids(EntryQuery.ALL.withScopes(Set.of("")), 9))
          .containsExactlyInAnyOrder(ids.get(0), ids.get(1));
      store.patch(ids, Patches.of(row -> "{\"was\":\"" + row.text().length() + "\"}"), PURPOSE);
      assertThat(store.find(ids)).hasSize(odd.size());
      assertThat(store.find(ids))
          .zipSatisfy(
              odd,
              (now, then) ->
                  assertThat(now)
                      .isEqualTo(
                          Entries.withMetadata(
                              then, "{\"was\":\"" + then.text().length() + "\"}")));
    }
  }

  @Test
  void metadataCanBecomeAbsent() throws Exception {
    try (LanceStore store = open()) {
      String id = store.ids(EntryQuery.ALL, 1).getFirst();
      store.patch(List.of(id), row -> new RowWrite.Change(row, null), PURPOSE);
      assertThat(store.find(List.of(id)).getFirst().metadata()).isNull();
    }
  }

  @Test
  void secondsAreSortedAmongMilliseconds() {
    try (PluginTable plugin = PluginTable.create(folder.resolve("times"));
        LanceStore store = LanceStore.open(plugin.root(), PluginTable.options())) {
      plugin.add(
          List.of(
              at("old", 1_600_000_000_000L),
              at("seconds", 1_700_000_000L),
              at("new", 1_750_000_000_000L)));
      assertThat(store.ids(EntryQuery.ALL, 9)).containsExactly("new", "seconds", "old");
      assertThat(store.find(List.of("seconds")).getFirst().timestamp()).isEqualTo(1_700_000_000L);
    }
  }

  private static MemoryEntry at(String id, long timestamp) {
    return new MemoryEntry(id, id, "fact", "global", 0.5, timestamp, "{}", 0);
  }

  @Test
  void duplicateIdsAreAnswersAndTheOthersAreWritten() throws Exception {
    try (PluginTable plugin = PluginTable.create(folder.resolve("twice"));
        LanceStore store = LanceStore.open(plugin.root(), PluginTable.options())) {
      plugin.add(List.of(at("twice", 1), at("once", 2), at("twice", 3)));
      Map<String, PatchResult> results =
          store.patch(List.of("twice", "once"), Patches.of(row -> "{\"a\":1}"), PURPOSE).results();
      assertThat(results.get("twice")).isEqualTo(new PatchResult.Duplicate(2));
      assertThat(results.get("once")).isInstanceOf(PatchResult.Written.class);
      assertThat(store.find(List.of("twice")))
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.metadata()).isEqualTo("{}"));
      assertThat(store.page(EntryQuery.ALL, 0, 9)).hasSize(3);
      assertThat(store.page(EntryQuery.ALL, 0, 1)).hasSize(1);
    }
  }

  @Test
  void whatOthersWroteIsSeenByEveryReader() {
    try (PluginTable plugin = PluginTable.of(root);
        LanceStore store = open()) {
      long before = store.count(EntryQuery.ALL);
      plugin.add(List.of(at("added", 9)));
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(before + 1);
      assertThat(store.find(List.of("added"))).hasSize(1);
      plugin.delete("id = 'added'");
      assertThat(store.find(List.of("added"))).isEmpty();
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(before);
    }
  }

  @Test
  void theListFollowsManySmallCommits() throws Exception {
    try (PluginTable plugin = PluginTable.of(root);
        LanceStore store = open();
        LanceStore fresh = open()) {
      List<String> ids = new ArrayList<>(store.ids(EntryQuery.ALL, 40));
      for (int i = 0; i + 10 <= ids.size(); i += 10) {
        store.patch(
            ids.subList(i, i + 10),
            Patches.of(row -> "{\"memory_category\":\"cases\",\"upgraded_at\":1}"),
            PURPOSE);
        plugin.add(List.of(at("more-" + i, i)));
        assertThat(store.count(EntryQuery.ALL)).isEqualTo(REAL + i / 10 + 1);
      }
      for (EntryQuery.Sort sort : EntryQuery.Sort.values()) {
        EntryQuery query = EntryQuery.ALL.sortedBy(sort, true);
        assertThat(store.ids(query, 999)).isEqualTo(fresh.ids(query, 999)).hasSize(REAL + 4);
      }
      assertThat(store.stats()).isEqualTo(fresh.stats());
    }
  }

  @Test
  void anInventoryTakesTheLockOnceAndReadsTheSame() throws Exception {
    try (LanceStore store = open()) {
      EntryQuery legacy = EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY));
      assertThat(store.inventory(legacy, 999)).isEqualTo(store.ids(legacy, 999)).hasSize(LEGACY);
      assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(1);
    }
  }

  @Test
  void aWriterWithoutTheLockMakesTheBatchBeDecidedAnew() throws Exception {
    try (PluginTable plugin = PluginTable.create(folder.resolve("rude"));
        LanceStore store = LanceStore.open(plugin.root(), PluginTable.options())) {
      plugin.add(List.of(at("a", 1), at("b", 2)));
      int[] asked = new int[1];
      BatchPatch patch =
          new BatchPatch() {
            @Override
            public RowWrite writeFor(MemoryEntry current) {
              return new RowWrite.Change(current, "{\"ours\":true}");
            }

            @Override
            public void beforeCommit(List<RowWrite> writes) {
              if (asked[0]++ == 0) {
                plugin.delete("id = 'a'");
              }
            }
          };
      Map<String, PatchResult> results = store.patch(List.of("a", "b"), patch, PURPOSE).results();
      assertThat(results.get("a")).isEqualTo(new PatchResult.Missing());
      assertThat(results.get("b")).isInstanceOf(PatchResult.Written.class);
      assertThat(store.find(List.of("a", "b"))).hasSize(1);
    }
  }

  @Test
  void thePluginGoesOnWritingAfterARestore() throws Exception {
    try (PluginTable plugin = PluginTable.of(root);
        Dataset open = plugin.open();
        LanceStore store = open()) {
      List<String> ids = store.ids(EntryQuery.ALL, 20);
      Path snapshot = folder.resolve("snapshot");
      store.snapshotTo(snapshot, SnapshotProgress.NONE);
      store.patch(ids, Patches.of(row -> "{\"ours\":true}"), PURPOSE);
      plugin.add(List.of(at("later", 1)));
      store.restoreFrom(
          snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
      assertThat(store.find(ids)).noneMatch(row -> "{\"ours\":true}".equals(row.metadata()));
      assertThat(store.find(List.of("later"))).isEmpty();
      // As the plugin updates a row: it deletes it and adds it, in the table it had open before.
      MemoryEntry row = store.find(ids).getFirst();
      open.checkoutLatest();
      open.delete("id = '" + row.id() + "'");
      plugin.add(List.of(Entries.withMetadata(row, "{\"theirs\":true}")));
      assertThat(store.find(List.of(row.id())))
          .containsExactly(Entries.withMetadata(row, "{\"theirs\":true}"));
      store.patch(ids, Patches.of(any -> "{\"again\":true}"), PURPOSE);
      assertThat(store.find(ids)).allMatch(any -> "{\"again\":true}".equals(any.metadata()));
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(REAL);
      assertThat(plugin.allButMetadata()).hasSize(REAL);
    }
  }

  @Test
  void aSnapshotWhoseVersionIsGoneSaysSo() throws Exception {
    try (LanceStore store = open()) {
      Path snapshot = folder.resolve("snapshot");
      store.snapshotTo(snapshot, SnapshotProgress.NONE);
      Files.writeString(
          snapshot, Files.readString(snapshot).replaceAll("\"version\":\\d+", "\"version\":3"));
      assertThatThrownBy(
              () ->
                  store.restoreFrom(
                      snapshot,
                      snapshot.resolveSibling("before"),
                      RestoreGuard.NONE,
                      SnapshotProgress.NONE))
          .hasMessageContainingAll("version 3", "nothing was changed");
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(REAL);
    }
  }

  @Test
  void noNativeMemoryIsKept() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (LanceStore store = open()) {
        List<String> ids = store.ids(EntryQuery.ALL.withWords("the"), 10);
        store.patch(ids, Patches.of(row -> "{\"round\":1}"), PURPOSE);
        store.find(ids);
        assertThat(store.allocatedBytes()).isZero();
      }
    }
  }
}
