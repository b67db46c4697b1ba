package dev.memoryconsole.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab on copies of a real store. */
@Tag("slow")
class ContentionLabTest {
  @TempDir private Path folder;
  private Path workspace;
  private SqliteStore store;
  private ContentionLab lab;

  @BeforeEach
  void open() throws Exception {
    workspace = folder.resolve("workspace");
    store = SqliteStore.create(folder.resolve("store.db"));
    lab = new Assembly(new SimpleEnricher(), Clock.systemUTC()).lab(workspace);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void add(int legacy) throws InterruptedException {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < legacy; i++) {
      String metadata = i % 4 == 0 ? "no json" : "{\"note\":" + i + "}";
      rows.add(Entries.entry("m" + i, "Memory " + i + ". More.", metadata));
    }
    store.insert(rows, ExistingRows.SKIP);
  }

  private static LabPlan plan(int entries, int modelMillis, int writerMillis) {
    return new LabPlan(entries, 10, 8, modelMillis, 0, writerMillis, 5_000);
  }

  private static LabResult of(Strategy strategy, List<LabResult> results) {
    return results.stream().filter(r -> r.strategy() == strategy).findFirst().orElseThrow();
  }

  private boolean nothingIsLeft() throws Exception {
    Path copies = workspace.resolve("lab");
    if (!Files.exists(copies)) {
      return true;
    }
    try (Stream<Path> left = Files.list(copies)) {
      return left.findAny().isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 1", "25, 3", "100, 10"})
  void everyStrategyTakesTheLockAsOftenAsItSaysAndLosesNothing(int entries, int batches)
      throws Exception {
    add(entries + 5);
    List<MemoryEntry> before = store.page(EntryQuery.ALL, 0, 1_000);
    List<LabResult> results =
        lab.run(store, plan(entries, 2, 2), List.of(Strategy.values()), LabListener.NONE);
    assertThat(results).extracting(LabResult::strategy).containsExactly(Strategy.values());
    // A batch that finds the journal busy for some milliseconds gives the lock back and takes it
    // once more: on a disk that is slow to sync that happens now and then.
    int again = 2 + entries / 10;
    assertThat(of(Strategy.LOCK_DURING_MODEL, results).acquisitions())
        .isBetween((long) entries, (long) entries + again);
    assertThat(of(Strategy.LOCK_PER_ENTRY, results).acquisitions())
        .isBetween((long) entries, (long) entries + again);
    assertThat(of(Strategy.LOCK_PER_BATCH, results).acquisitions())
        .isBetween((long) batches, (long) batches + Math.min(again, batches + 2));
    assertThat(of(Strategy.COMPARE_AND_SWAP, results).acquisitions())
        .isGreaterThanOrEqualTo(entries);
    for (LabResult result : results) {
      assertThat(result.lostWrites()).as(result.strategy().label()).isZero();
      assertThat(result.holds().max()).isPositive();
    }
    assertThat(of(Strategy.LOCK_DURING_MODEL, results).holds().p50())
        .as("the model thinks inside the lock")
        .isGreaterThanOrEqualTo(2);
    assertThat(store.page(EntryQuery.ALL, 0, 1_000)).as("the store itself").isEqualTo(before);
    assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(1);
    assertThat(nothingIsLeft()).isTrue();
  }

  @Test
  void aStoreWithoutLegacyEntriesGetsMadeUpOnesInItsCopy() throws Exception {
    List<LabResult> results =
        lab.run(store, plan(12, 0, 0), List.of(Strategy.LOCK_PER_BATCH), LabListener.NONE);
    assertThat(results.getFirst().acquisitions()).isEqualTo(2);
    assertThat(results.getFirst().writes()).isZero();
    assertThat(store.count(EntryQuery.ALL)).isZero();
  }

  @Test
  void aPluginThatCanNotWaitFailsWhereTheLockIsHeldDuringTheModel() throws Exception {
    add(10);
    LabResult result =
        lab.run(
                store,
                new LabPlan(10, 10, 8, 60, 0, 1, 5),
                List.of(Strategy.LOCK_DURING_MODEL),
                LabListener.NONE)
            .getFirst();
    assertThat(result.failedWrites()).isPositive();
    assertThat(result.lostWrites()).isZero();
  }

  @Test
  void aCancelledVisitLeavesNothing() throws Exception {
    add(50);
    for (Strategy strategy : Strategy.values()) {
      List<Throwable> end = new ArrayList<>();
      Thread visit =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      lab.run(store, plan(50, 5_000, 5), List.of(strategy), LabListener.NONE);
                    } catch (InterruptedException | RuntimeException e) {
                      end.add(e);
                    }
                  });
      Awaitility.await().until(() -> !nothingIsLeft());
      visit.interrupt();
      assertThat(visit.join(Duration.ofSeconds(20))).isTrue();
      assertThat(end).as(strategy.label()).hasExactlyElementsOfTypes(InterruptedException.class);
      assertThat(nothingIsLeft()).as(strategy.label()).isTrue();
    }
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    add(20);
    Set<Strategy> tried = EnumSet.noneOf(Strategy.class);
    List<LabResult> told = new ArrayList<>();
    List<LabResult> results =
        lab.run(
            store,
            plan(20, 1, 5),
            List.of(Strategy.values()),
            new LabListener() {
              @Override
              public void copying(double share) {
                assertThat(share).isBetween(0.0, 1.0);
              }

              @Override
              public void trying(Strategy strategy, int done, int entries) {
                tried.add(strategy);
                assertThat(done).isBetween(0, entries);
              }

              @Override
              public void tried(LabResult result) {
                told.add(result);
              }
            });
    assertThat(tried).containsExactly(Strategy.values());
    assertThat(told).isEqualTo(results);
  }

  @Test
  void whatAKilledProcessLeftIsSweptAndWhatIsInUseStays() throws Exception {
    Path left = Files.createDirectories(workspace.resolve("lab").resolve("lab-left"));
    Files.writeString(left.resolve(".in-use"), "");
    Files.writeString(left.resolve("template.db"), "of a killed process");
    try (Scratch other = Scratch.in(workspace.resolve("lab"))) {
      assertThat(left).doesNotExist();
      Files.writeString(other.file("template.db"), "of this one");
      lab.run(store, plan(1, 0, 0), List.of(Strategy.LOCK_PER_ENTRY), LabListener.NONE);
      assertThat(other.file("template.db")).exists();
    }
    assertThat(nothingIsLeft()).isTrue();
  }

  /** An oracle that can't convict proves nothing. */
  @Test
  void anAcknowledgedWriteThatIsNotThereIsLost() throws Exception {
    add(3);
    AtomicInteger told = new AtomicInteger();
    LabStores.Plugin liar =
        new LabStores.Plugin() {
          @Override
          public Write increment(String id) {
            told.incrementAndGet();
            return new Write(1_000, true);
          }

          @Override
          public void close() {}
        };
    PluginWriter writer = new PluginWriter(liar, List.of("m0", "m1", "gone"), 1);
    writer.start();
    Awaitility.await().until(() -> told.get() > 20);
    writer.end();
    assertThat(writer.lost(store)).isEqualTo(writer.writes());
  }

  @Test
  void theModelFailsOnAboutTheShareItIsToldTo() throws Exception {
    SimulatedModel model = new SimulatedModel(0, 0.3);
    int failed = 0;
    for (int i = 0; i < 2_000; i++) {
      MemoryEntry entry = Entries.entry("id-" + i, "Text.", "{}");
      try {
        model.enrich(entry);
      } catch (EnrichmentException e) {
        failed++;
      }
    }
    assertThat(failed).isBetween(500, 700);
  }

  @Test
  void aPlanOutOfRangeIsRefusedInOneSentence() {
    assertThatThrownBy(() -> plan(0, 1, 1))
        .hasMessage("The number of entries must be from 1 to 10,000.");
    assertThatThrownBy(() -> new LabPlan(1, 1, 1, 1, 1.5, 1, 1))
        .hasMessage("The model's failure rate must be from 0 to 1.");
  }

  @Test
  void theTableHasARowForEachStrategy() throws Exception {
    List<LabResult> results =
        lab.run(store, plan(3, 0, 5), List.of(Strategy.values()), LabListener.NONE);
    assertThat(LabTable.markdown(results).lines()).hasSize(6);
    assertThat(LabTable.markdown(results)).startsWith("| strategy | acquisitions |");
    assertThat(LabTable.text(results).lines().map(String::length).distinct()).hasSize(1);
  }
}
