package dev.memoryconsole.store.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.lance.read.Catalog;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.PluginFolder;
import dev.memoryconsole.store.lance.table.Shape;
import dev.memoryconsole.store.scan.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lance.Dataset;

/**
 * Stores that other plugins and other versions of the plugin have written or clean up meanwhile.
 */
@Tag("node")
class LanceVersionsTest {
  private static final LockPurpose PURPOSE = new LockPurpose(LockPurpose.Kind.UPGRADE, 1, 1);

  @TempDir private Path folder;

  /** Int64 times, Float32 importance, LargeUtf8 texts, some columns that can't be null. */
  @Test
  void theTypesOfAForkAreReadAndWrittenAsTheyAre() throws Exception {
    Path root = PluginTable.copyOf("fork-store", folder.resolve("fork"));
    try (PluginTable plugin = PluginTable.of(root);
        LanceStore store = LanceStore.open(root, PluginTable.options())) {
      Map<String, String> before = plugin.allButMetadata();
      Schema schema = schema(plugin);
      List<MemoryEntry> page = store.page(EntryQuery.ALL, 0, 9);
      assertThat(page)
          .extracting(MemoryEntry::timestamp)
          .contains(9_007_199_254_740_993L, 9_007_199_254_740_995L);
      List<String> ids = page.stream().map(MemoryEntry::id).toList();
      store.patch(ids, Patches.of(row -> "{\"memory_category\":\"cases\"}"), PURPOSE);
      assertThat(plugin.allButMetadata()).isEqualTo(before);
      assertThat(schema(plugin)).isEqualTo(schema);
      assertThat(store.find(ids))
          .hasSize(3)
          .allMatch(row -> "{\"memory_category\":\"cases\"}".equals(row.metadata()));
      assertThat(store.count(EntryQuery.ALL.withWords("8001"))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SECOND, 1736838278, 1736838278000",
    "MILLISECOND, 1736838278001, 1736838278001",
    "MICROSECOND, 1736838278001999, 1736838278001",
    "NANOSECOND, 1736838278001999999, 1736838278001"
  })
  void instantsAreReadInTheirUnitAndWrittenAsTheyAre(TimeUnit unit, long written, long millis)
      throws Exception {
    Path root = folder.resolve("instants");
    PluginTable.createOdd(
        root,
        PluginTable.schemaWith("timestamp", new ArrowType.Timestamp(unit, "UTC")),
        List.of(
            new MemoryEntry("a", "text", "fact", "global", 0.5, written, "{}", 0),
            new MemoryEntry("b", "text", "fact", "global", 0.5, null, "{}", 0)));
    try (PluginTable plugin = PluginTable.of(root);
        LanceStore store = LanceStore.open(root, PluginTable.options())) {
      Map<String, String> before = plugin.allButMetadata();
      assertThat(store.page(EntryQuery.ALL, 0, 9))
          .extracting(MemoryEntry::timestamp)
          .containsExactlyInAnyOrder(millis, null);
      store.patch(List.of("a", "b"), Patches.of(row -> "{\"memory_category\":\"cases\"}"), PURPOSE);
      assertThat(plugin.allButMetadata()).isEqualTo(before);
      assertThat(store.find(List.of("a")).getFirst().timestamp()).isEqualTo(millis);
    }
  }

  private static Schema schema(PluginTable plugin) {
    try (Dataset dataset = plugin.open()) {
      return dataset.getSchema();
    }
  }

  @Test
  void theTableOfTheBuiltInPluginIsLookedAtAndNeverWritten() throws Exception {
    Path root = PluginTable.copyOf("builtin-store", folder.resolve("lancedb"));
    try (LanceStore store = LanceStore.open(root, PluginTable.options())) {
      List<MemoryEntry> page = store.page(EntryQuery.ALL, 0, 9);
      assertThat(page)
          .extracting(MemoryEntry::timestamp)
          .containsExactly(1_736_838_278_002L, 1_736_838_278_001L, 1_736_838_278_000L);
      assertThat(page).allMatch(row -> row.metadata() == null && row.scope() == null);
      assertThat(store.stats().total()).isEqualTo(3);
      assertThat(store.count(EntryQuery.ALL.withWords("number 1"))).isEqualTo(1);
      assertThat(Wording.ENGLISH.of(store.writeRefusal().orElseThrow()))
          .contains("built-in plugin memory-lancedb");
      List<String> ids = page.stream().map(MemoryEntry::id).toList();
      assertThatThrownBy(() -> store.patch(ids, Patches.of(row -> "{}"), PURPOSE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("nothing was changed");
      assertThat(store.find(ids)).containsExactlyElementsOf(page);
    }
    assertThat(root).isDirectoryNotContaining("glob:**/.memory-write*");
  }

  /** The plugin's own next version may be of a format that would end this process. */
  @Test
  void aNewerFormatThatComesWhileTheStoreIsOpenIsRefused() throws Exception {
    Path root = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    try (LanceStore store = LanceStore.open(root, PluginTable.options())) {
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(320);
      Path newer = PluginTable.copyOf("newer-store", folder.resolve("newer"));
      Path from = newer.resolve("memories.lance");
      Path to = root.resolve("memories.lance");
      try (Stream<Path> files = Files.list(from.resolve("data"))) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve("data").resolve(file.getFileName()));
        }
      }
      Files.copy(
          from.resolve("_versions/18446744073709551614.manifest"),
          to.resolve("_versions/18446744073709551603.manifest"));
      assertThatThrownBy(store::stats).hasMessageContaining("data format 2.2");
      assertThatThrownBy(() -> store.find(List.of("x"))).hasMessageContaining("data format 2.2");
      assertThatThrownBy(() -> store.patch(List.of("x"), Patches.of(row -> "{}"), PURPOSE))
          .hasMessageContaining("data format 2.2");
    }
  }

  /** What a run will work on is read at the version that was complete, whatever comes after it. */
  @Test
  void theCatalogGoesBackToAVersionAndOnAgain() throws Exception {
    Path root = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    try (PluginTable plugin = PluginTable.of(root);
        Dataset dataset = plugin.open()) {
      Admission admission = new Admission(new PluginFolder(root));
      try (Catalog catalog = new Catalog(plugin.open(), admission, Shape.of(dataset.getSchema()))) {
        catalog.refresh();
        List<Row> then = catalog.matching(EntryQuery.ALL);
        long version = dataset.version();
        dataset.delete("id = '" + then.getFirst().id() + "'");
        catalog.goTo(version);
        assertThat(catalog.matching(EntryQuery.ALL)).isEqualTo(then);
        assertThat(catalog.entries(then)).hasSize(then.size());
        catalog.refresh();
        assertThat(catalog.matching(EntryQuery.ALL)).hasSize(then.size() - 1);
        catalog.goTo(version);
        assertThat(catalog.matching(EntryQuery.ALL)).isEqualTo(then);
      }
    }
  }

  @Test
  void aSnapshotThatThePluginHasRemovedIsTold() throws Exception {
    Node.assumeThere();
    Path root = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    Path snapshot = folder.resolve("snapshot");
    try (LanceStore store = LanceStore.open(root, PluginTable.options())) {
      store.snapshotTo(snapshot, SnapshotProgress.NONE);
      assertThat(LanceStore.keeps(root, snapshot)).isTrue();
      List<String> ids = store.ids(EntryQuery.ALL, 9);
      store.patch(ids, Patches.of(row -> "{\"a\":1}"), PURPOSE);
      assertThat(LanceStore.keeps(root, snapshot)).isTrue();
      try (Peer cleaner = Node.start("cleaner.mjs", root)) {
        cleaner.tell("clean 1");
        assertThat(cleaner.expect("cleaned", new ArrayList<>())).isEqualTo("1 0");
      }
      assertThat(LanceStore.keeps(root, snapshot)).isFalse();
      assertThatThrownBy(
              () ->
                  store.restoreFrom(
                      snapshot,
                      snapshot.resolveSibling("before"),
                      RestoreGuard.NONE,
                      SnapshotProgress.NONE))
          .hasMessageContaining("nothing was changed");
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(320);
    }
  }

  @Test
  void compactionWithCleanUpIsSurvived() throws Exception {
    Node.assumeThere();
    Path root = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    try (LanceStore store = LanceStore.open(root, PluginTable.options());
        Peer cleaner = Node.start("cleaner.mjs", root)) {
      List<String> ids = store.ids(EntryQuery.ALL, 320);
      cleaner.tell("clean 30");
      for (int from = 0; from < ids.size(); from += 20) {
        List<String> some = ids.subList(from, from + 20);
        write(store, some);
        assertThat(store.find(some)).hasSize(20);
        assertThat(store.count(EntryQuery.ALL)).isEqualTo(320);
        assertThat(store.inventory(EntryQuery.ALL.withWords("the"), 999)).isNotEmpty();
      }
      cleaner.expect("cleaned", new ArrayList<>());
      assertThat(store.find(ids))
          .hasSize(320)
          .allMatch(row -> "{\"memory_category\":\"cases\"}".equals(row.metadata()));
    }
  }

  /** As a run does: what was not confirmed, because a file vanished in mid-commit, is looked at. */
  private static void write(LanceStore store, List<String> ids) throws InterruptedException {
    boolean unconfirmed = true;
    for (int attempt = 0; unconfirmed && attempt < 10; attempt++) {
      try {
        store.patch(ids, Patches.of(row -> "{\"memory_category\":\"cases\"}"), PURPOSE);
        unconfirmed = false;
      } catch (OutcomeUnknownException e) {
        unconfirmed =
            store.find(ids).stream()
                .anyMatch(row -> !String.valueOf(row.metadata()).contains("cases"));
      }
    }
    assertThat(unconfirmed).isFalse();
  }
}
