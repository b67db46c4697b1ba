package dev.memoryconsole.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntrySinkTest {
  private final List<List<MemoryEntry>> inserted = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private final RowInsertion target = this::insert;

  private InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing) {
    inserted.add(List.copyOf(entries));
    return new InsertReport(entries.size(), 0, 0);
  }

  private ImportReport importAll(List<MemoryEntry> entries) throws InterruptedException {
    List<MemoryEntry> left = new ArrayList<>(entries);
    EntrySink sink =
        new EntrySink(
            value -> List.of(left.removeFirst()), target, ExistingRows.SKIP, progress::add);
    for (int i = 0; i < entries.size(); i++) {
      sink.record(i + 1, JsonNodeFactory.instance.objectNode());
    }
    return sink.finish();
  }

  private static MemoryEntry entry(String id, @Nullable Long timestamp, String text) {
    return new MemoryEntry(id, text, "fact", "global", 0.5, timestamp, "{}", 0);
  }

  @Test
  void whatComesTogetherIsAddedInTheOrderOfTime() throws InterruptedException {
    ImportReport report =
        importAll(
            List.of(
                entry("c", 3L, "three"),
                entry("none", null, "no time"),
                entry("a", 1L, "one"),
                entry("b", 2L, "two")));

    assertThat(inserted).hasSize(1);
    assertThat(inserted.getFirst())
        .extracting(MemoryEntry::id)
        .containsExactly("none", "a", "b", "c");
    assertThat(report.inserted().added()).isEqualTo(4);
    assertThat(progress).containsExactly(4L);
  }

  @Test
  void progressIsToldMoreOftenThanRowsAreGathered() throws InterruptedException {
    List<MemoryEntry> entries = new ArrayList<>();
    for (int i = 0; i < 23_000; i++) {
      entries.add(entry("id-" + i, (long) (i * 7919 % 23_000), "text"));
    }

    ImportReport report = importAll(entries);

    assertThat(progress).containsExactly(5_000L, 10_000L, 15_000L, 20_000L, 23_000L);
    assertThat(report.inserted().added()).isEqualTo(23_000);
    assertThat(inserted.subList(0, 4).stream().flatMap(List::stream))
        .extracting(MemoryEntry::timestamp)
        .isSorted();
  }

  @Test
  void aFewLargeMemoriesAreNotGathered() throws InterruptedException {
    String large = "x".repeat(9_000_000);

    importAll(List.of(entry("a", 2L, large), entry("b", 1L, large), entry("c", 3L, "small")));

    assertThat(inserted)
        .extracting(batch -> batch.stream().map(MemoryEntry::id).toList())
        .containsExactly(List.of("b", "a"), List.of("c"));
  }
}
