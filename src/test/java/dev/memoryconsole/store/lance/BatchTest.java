package dev.memoryconsole.store.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.lance.read.Catalog;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.PluginFolder;
import dev.memoryconsole.store.lance.table.Shape;
import dev.memoryconsole.store.scan.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;
import org.lance.schema.SqlExpressions;

/** What was read before the lock is, once brought up to date, what a new look would find. */
class BatchTest {
  private static final int ROWS = 40;

  @TempDir private Path folder;
  private PluginTable plugin;
  private BufferAllocator allocator;
  private Dataset dataset;

  @BeforeEach
  void open() {
    plugin = PluginTable.create(folder.resolve("store"));
    plugin.add(IntStream.range(0, ROWS).mapToObj(i -> row("m" + i, "{}")).toList());
    allocator = new RootAllocator();
    dataset = plugin.open();
  }

  @AfterEach
  void close() {
    dataset.close();
    assertThat(allocator.getAllocatedMemory()).isZero();
    allocator.close();
    plugin.close();
  }

  private static MemoryEntry row(String id, String metadata) {
    return new MemoryEntry(id, "text of " + id, "fact", "global", 0.5, 1L, metadata, 0);
  }

  private Batch read(String... ids) throws Exception {
    dataset.checkoutLatest();
    return Batch.read(dataset, allocator, List.of(ids));
  }

  private void refresh(Batch batch) throws Exception {
    dataset.checkoutLatest();
    batch.refresh(dataset);
  }

  @Test
  void aRowThatAnotherProgramMovedIsFoundWhereItIsNow() throws Exception {
    try (Batch batch = read("m1", "m2")) {
      plugin.update(List.of("m2"), metadata -> "{\"agent\":1}");
      refresh(batch);
      assertThat(batch.only("m2").metadata()).isEqualTo("{\"agent\":1}");
      assertThat(batch.only("m1").metadata()).isEqualTo("{}");
      assertThat(batch.count("m2")).isOne();
    }
  }

  @Test
  void aRowBetweenDeleteAndAddIsMissingOnlyThen() throws Exception {
    try (Batch batch = read("m1")) {
      plugin.delete("id = 'm1'");
      refresh(batch);
      assertThat(batch.count("m1")).isZero();
      plugin.add(List.of(row("m1", "{\"back\":1}")));
      refresh(batch);
      assertThat(batch.only("m1").metadata()).isEqualTo("{\"back\":1}");
    }
  }

  @Test
  void aSecondRowOfTheSameIdIsSeen() throws Exception {
    try (Batch batch = read("m1")) {
      plugin.add(List.of(row("m1", "{}")));
      refresh(batch);
      assertThat(batch.count("m1")).isEqualTo(2);
    }
  }

  @Test
  void whatARestoreOfAnOlderVersionBringsBackIsSeen() throws Exception {
    dataset.checkoutLatest();
    long before = dataset.version();
    plugin.update(List.of("m1"), metadata -> "{\"late\":1}");
    plugin.delete("id = 'm2'");
    try (Batch batch = read("m1", "m2", "m3")) {
      assertThat(batch.count("m2")).isZero();
      try (Dataset old = dataset.checkoutVersion(before)) {
        old.restore();
      }
      refresh(batch);
      assertThat(batch.only("m1").metadata()).isEqualTo("{}");
      assertThat(batch.count("m2")).isOne();
      assertThat(batch.only("m3")).isEqualTo(row("m3", "{}"));
    }
  }

  @Test
  void aColumnThatCameSinceIsWrittenBackToo() throws Exception {
    try (Batch batch = read("m1")) {
      try (Dataset other = plugin.open()) {
        SqlExpressions added = new SqlExpressions.Builder().withExpression("extra", "7").build();
        other.addColumns(added, Optional.empty());
      }
      refresh(batch);
      batch.commit(dataset, List.of(new RowWrite.Change(batch.only("m1"), "{\"new\":1}")));
    }
    assertThat(plugin.allButMetadata().get("m1")).contains("extra=7");
  }

  @Test
  void whateverOthersDoABatchAndTheCatalogAreWhatANewLookWouldFind() throws Exception {
    Random random = new Random(5);
    String[] ids = IntStream.range(0, 12).mapToObj(i -> "m" + i).toArray(String[]::new);
    try (Batch kept = read(ids);
        Dataset survey = plugin.open()) {
      Catalog catalog = catalog(survey);
      for (int step = 0; step < 120; step++) {
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
          change("m" + random.nextInt(ROWS), step, random);
        }
        refresh(kept);
        try (Batch anew = read(ids);
            Dataset other = plugin.open()) {
          assertThat(content(kept, ids)).as("step %d", step).isEqualTo(content(anew, ids));
          assertThat(all(catalog)).as("step %d", step).isEqualTo(all(catalog(other)));
        }
      }
    }
  }

  private Catalog catalog(Dataset dataset) {
    return new Catalog(
        dataset, new Admission(new PluginFolder(plugin.root())), Shape.of(dataset.getSchema()));
  }

  private static List<Row> all(Catalog catalog) throws Exception {
    catalog.refresh();
    return catalog.matching(EntryQuery.ALL).stream()
        .sorted(Comparator.comparingLong(Row::address))
        .toList();
  }

  private void change(String id, int step, Random random) throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> plugin.delete("id = '" + id + "'");
      case 1 -> plugin.add(List.of(row(id, "{\"added\":" + step + "}")));
      case 2 -> {
        try (Dataset other = plugin.open()) {
          other.compact();
        }
      }
      case 3 -> {
        try (Dataset other = plugin.open();
            Dataset old = other.checkoutVersion(Math.max(2, other.version() - 5))) {
          old.restore();
        }
      }
      default -> plugin.update(List.of(id), metadata -> "{\"step\":" + step + "}");
    }
  }

  private static List<String> content(Batch batch, String... ids) {
    List<String> content = new ArrayList<>();
    for (String id : ids) {
      content.add(id + " " + batch.count(id) + (batch.count(id) == 1 ? batch.only(id) : ""));
    }
    return content;
  }

  @Test
  void aRefreshedBatchIsWrittenBackBitForBit() throws Exception {
    Map<String, String> before = plugin.allButMetadata();
    try (Batch batch = read("m1", "m2", "m3")) {
      plugin.update(List.of("m2"), metadata -> "{\"agent\":1}");
      refresh(batch);
      batch.commit(
          dataset,
          Stream.of("m1", "m2", "m3")
              .<RowWrite>map(id -> new RowWrite.Change(batch.only(id), "{\"new\":\"" + id + "\"}"))
              .toList());
    }
    assertThat(plugin.allButMetadata()).isEqualTo(before);
    try (Batch after = read("m2")) {
      assertThat(after.only("m2").metadata()).isEqualTo("{\"new\":\"m2\"}");
    }
  }
}
