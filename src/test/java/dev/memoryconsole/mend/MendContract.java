package dev.memoryconsole.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.mend.find.MappedReflection;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.mend.find.StoreCheck;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check-up finds the same in every store, and every mend is a run there that is taken back. */
abstract class MendContract {
  private static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT.withBatchSize(2);
  private static final String MAPPED =
      "{\"type\":\"memory-reflection-mapped\",\"mappedKind\":\"agent-model\","
          + "\"memory_category\":\"preferences\"}";
  private static final String NEAR =
      "The build server in Frankfurt is restarted every Sunday at four by the cron job of ";

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Upgrades upgrades;

  @SuppressWarnings("NullAway.Init")
  private MemoryStore store;

  /** A store with these rows, each with a vector. */
  abstract MemoryStore filled(Path place, List<MemoryEntry> rows) throws Exception;

  /** All rows as they are, vectors too, without what counts their writes. */
  abstract Map<String, String> raw() throws Exception;

  private static MemoryEntry row(
      String id, @Nullable String category, @Nullable String scope, String text, String metadata) {
    return new MemoryEntry(id, text, category, scope, 0.5, Entries.TIME, metadata, 0);
  }

  @BeforeEach
  void open() throws Exception {
    store =
        filled(
            folder.resolve("store"),
            List.of(
                row("blank", "fact", "", "It has no scope.", "{\"access_count\": 3}"),
                row("mapped", "preference", "global", "It is mapped.", MAPPED),
                row("poor", "fact", "global", "It is poor.", "{\"memory_category\":\"cases\"}"),
                row("same1", "fact", "global", "Prefers Gradle.", "{\"access_count\":2}"),
                row("same2", "fact", "global", "prefers  gradle.", "{\"access_count\":5}"),
                row("near1", "fact", "global", NEAR + "Ada.", "{\"note\":\"ü\"}"),
                row("near2", "fact", "global", NEAR + "Bob.", "{}"),
                row("plain", "fact", "global", "Nothing is wrong here.", "{}")));
    upgrades =
        new UpgradeService(
            store,
            new SqliteJournal(folder.resolve("journal.db")),
            new SimpleEnricher(),
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    upgrades.close();
    store.close();
  }

  private MemoryEntry row(String id) {
    return store.find(List.of(id)).getFirst();
  }

  private String value(String id, String key) {
    return MetadataJson.objectOrEmpty(row(id).metadata()).path(key).asText();
  }

  private RunProgress run(MendPreview preview) throws Exception {
    RunProgress end = upgrades.mend(preview.mends(), OPTIONS).await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.count(EntryState.MENDED) + end.count(EntryState.DELETED))
        .isEqualTo(preview.mends().size());
    return end;
  }

  private MendPreview fields(String id, String... assignments) throws Exception {
    return MendPreview.of(store, List.of(id), FieldChanges.parse(List.of(assignments)));
  }

  private void undo(RunProgress run, int count) throws Exception {
    assertThat(upgrades.undo(run.run(), List.of(), OPTIONS).await().count(EntryState.UNDONE))
        .isEqualTo(count);
  }

  private static List<String> sorted(List<Report.Found> group) {
    return List.copyOf(new TreeSet<>(group.stream().map(Report.Found::id).toList()));
  }

  private List<List<String>> groups(Finding finding) throws Exception {
    return StoreCheck.of(store).groups().getOrDefault(finding, List.of()).stream()
        .map(MendContract::sorted)
        .toList();
  }

  @Test
  void aCheckupFindsTheSameInEveryStore() throws Exception {
    Report report = StoreCheck.of(store);
    assertThat(report.looked()).isEqualTo(8);
    assertThat(report.ids(Finding.BLANK_SCOPE)).containsExactly("blank");
    assertThat(report.ids(Finding.MAPPED_CATEGORY)).containsExactly("mapped");
    assertThat(report.ids(Finding.POOR_SUMMARY)).containsExactlyInAnyOrder("poor", "mapped");
    assertThat(groups(Finding.DUPLICATE)).containsExactly(List.of("same1", "same2"));
    assertThat(groups(Finding.NEAR_DUPLICATE)).containsExactly(List.of("near1", "near2"));
  }

  @Test
  void eachFieldIsSetAndTakenBack() throws Exception {
    Map<String, String> before = raw();
    RunProgress all =
        run(
            fields(
                "near1",
                "state=archived",
                "tier=core",
                "memory_category=events",
                "scope=agent:二",
                "category=decision",
                "importance=0.25"));
    assertThat(value("near1", "state")).isEqualTo("archived");
    assertThat(value("near1", "tier")).isEqualTo("core");
    assertThat(value("near1", "memory_category")).isEqualTo("events");
    assertThat(value("near1", "note")).isEqualTo("ü");
    assertThat(row("near1").scope()).isEqualTo("agent:二");
    assertThat(row("near1").category()).isEqualTo("decision");
    assertThat(row("near1").importance()).isEqualTo(0.25);
    RunProgress restored = run(fields("near1", "state=confirmed"));
    assertThat(value("near1", "state")).isEqualTo("confirmed");
    assertThat(value("near1", "archived_at")).isEmpty();
    undo(restored, 1);
    assertThat(value("near1", "state")).isEqualTo("archived");
    undo(all, 1);
    assertThat(raw()).isEqualTo(before);
  }

  @Test
  void whatACheckupFindsIsMendedAndFoundNoMore() throws Exception {
    Map<String, String> before = raw();
    RunProgress scope = run(fields("blank", "scope=global"));
    FieldChanges categories = MappedReflection.mend(row("mapped")).orElseThrow();
    RunProgress mapped = run(MendPreview.of(store, List.of("mapped"), categories));
    RunProgress poor = run(fields("poor", "state=archived"));
    Report report = StoreCheck.of(store);
    assertThat(report.ids(Finding.BLANK_SCOPE)).isEmpty();
    assertThat(report.ids(Finding.MAPPED_CATEGORY)).isEmpty();
    undo(poor, 1);
    undo(mapped, 1);
    undo(scope, 1);
    assertThat(raw()).isEqualTo(before);
  }

  @Test
  void duplicatesAreMergedWithTheirCountersAndComeBackWhole() throws Exception {
    Map<String, String> before = raw();
    RunProgress archived =
        run(
            MergePreview.of(
                store, groups(Finding.DUPLICATE), Keep.OLDEST.order(), false, looked -> {}));
    assertThat(groups(Finding.DUPLICATE)).isEmpty();
    String kept = value("same1", "state").equals("archived") ? "same2" : "same1";
    assertThat(value(kept, "access_count")).isEqualTo("7");
    RunProgress deleted =
        run(
            MergePreview.of(
                store, groups(Finding.NEAR_DUPLICATE), Keep.OLDEST.order(), true, looked -> {}));
    assertThat(deleted.count(EntryState.DELETED)).isEqualTo(1);
    assertThat(raw()).hasSize(7);
    undo(deleted, 2);
    undo(archived, 2);
    assertThat(raw()).isEqualTo(before);
  }

  @Test
  void whatIsDeletedComesBackWithItsVector() throws Exception {
    Map<String, String> before = raw();
    List<String> ids = List.of("blank", "near1", "plain");
    RunProgress deleted = run(MendPreview.ofDeletion(store, ids, looked -> {}));
    assertThat(raw().keySet()).doesNotContainAnyElementsOf(ids).hasSize(5);
    undo(deleted, 3);
    assertThat(raw()).isEqualTo(before);
    assertThat(Objects.requireNonNull(before.get("plain"))).contains("vector");
  }
}
