package dev.memoryconsole.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.VerifyReport;
import dev.memoryconsole.upgrade.WriteFate;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mends of the plugin's own store: columns change, and the vectors stay bit for bit. */
class LanceMendTest {
  private static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT;

  @TempDir private Path folder;

  private Upgrades open(PluginTable table) {
    return new UpgradeService(
        LanceStore.open(table.root(), PluginTable.options()),
        new SqliteJournal(folder.resolve("journal.db")),
        new SimpleEnricher(),
        Clock.systemUTC());
  }

  @Test
  void columnsAreWrittenAndTakenBackWithTheVectorsAsTheyWere() throws Exception {
    Path store = PluginTable.copyOfReal(folder.resolve("store"));
    try (PluginTable plugin = PluginTable.of(store);
        Upgrades upgrades = open(plugin)) {
      Map<String, String> before = plugin.allButMetadata();
      Map<String, MemoryEntry> rows = rows(upgrades);
      FieldChanges changes =
          FieldChanges.parse(List.of("scope=agent:二", "importance=0.25", "state=archived"));
      MendPreview preview =
          MendPreview.of(upgrades.store(), List.copyOf(rows.keySet()).subList(0, 30), changes);
      List<PlannedMend> mends = preview.mends();
      assertThat(mends).isNotEmpty();
      RunProgress end = upgrades.mend(mends, OPTIONS).await();
      assertThat(end.state()).isEqualTo(RunState.COMPLETED);
      assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
      assertThat(end.count(EntryState.MENDED)).isEqualTo(mends.size());
      Map<String, String> mended = plugin.allButMetadata();
      assertThat(mended.keySet()).isEqualTo(before.keySet());
      for (Map.Entry<String, MemoryEntry> row : rows(upgrades).entrySet()) {
        boolean chosen = mends.stream().anyMatch(mend -> mend.id().equals(row.getKey()));
        if (chosen) {
          assertThat(row.getValue().scope()).isEqualTo("agent:二");
          assertThat(row.getValue().importance()).isEqualTo(0.25);
        }
        String was = before.getOrDefault(row.getKey(), "");
        String is = mended.getOrDefault(row.getKey(), "");
        assertThat(vector(is)).isEqualTo(vector(was));
        assertThat(is.equals(was)).isEqualTo(!chosen);
      }
      RunProgress undone = upgrades.undo(end.run(), List.of(), OPTIONS).await();
      assertThat(undone.count(EntryState.UNDONE)).isEqualTo(mends.size());
      assertThat(plugin.allButMetadata()).isEqualTo(before);
      assertThat(rows(upgrades)).isEqualTo(rows);
    }
  }

  @Test
  void whatIsDeletedIsPutBackWithItsVector() throws Exception {
    Path store = PluginTable.copyOfReal(folder.resolve("store"));
    try (PluginTable plugin = PluginTable.of(store);
        Upgrades upgrades = open(plugin)) {
      Map<String, String> before = plugin.allButMetadata();
      Map<String, MemoryEntry> rows = rows(upgrades);
      List<String> ids = List.copyOf(rows.keySet()).subList(0, 30);
      List<PlannedMend> mends = MendPreview.ofDeletion(upgrades.store(), ids, looked -> {}).mends();
      assertThat(mends).isNotEmpty();
      RunProgress end = upgrades.mend(mends, OPTIONS).await();
      assertThat(end.state()).isEqualTo(RunState.COMPLETED);
      assertThat(end.verification()).isEqualTo(Verification.VERIFIED);
      assertThat(end.count(EntryState.DELETED)).isEqualTo(mends.size());
      assertThat(rows(upgrades)).hasSize(rows.size() - mends.size());
      // An agent writes one of them anew.
      String anew = mends.get(0).id();
      plugin.add(List.of(new MemoryEntry(anew, "theirs", "fact", "global", 0.5, 1L, "{}", 0)));
      VerifyReport report = upgrades.verify(end.run());
      assertThat(report.count(WriteFate.RETURNED)).isEqualTo(1);
      assertThat(report.runsToReapply()).isEmpty();
      RunProgress undone = upgrades.undo(end.run(), List.of(), OPTIONS).await();
      assertThat(undone.count(EntryState.UNDONE)).isEqualTo(mends.size() - 1);
      assertThat(undone.count(EntryState.SKIPPED)).isEqualTo(1);
      Map<String, String> after = plugin.allButMetadata();
      assertThat(after.remove(anew)).isNotEqualTo(before.remove(anew));
      assertThat(after).isEqualTo(before);
      Map<String, MemoryEntry> now = rows(upgrades);
      assertThat(now.remove(anew).text()).isEqualTo("theirs");
      rows.remove(anew);
      assertThat(now).isEqualTo(rows);
    }
  }

  @Test
  void duplicatesAreMergedInOneCommitAndComeBackWithTheirVectors() throws Exception {
    Path store = PluginTable.copyOfReal(folder.resolve("store"));
    try (PluginTable plugin = PluginTable.of(store);
        Upgrades upgrades = open(plugin)) {
      Map<String, String> before = plugin.allButMetadata();
      Map<String, MemoryEntry> rows = rows(upgrades);
      List<List<String>> groups = new ArrayList<>();
      List<String> ids = List.copyOf(rows.keySet());
      for (int from = 0; from < 30; from += 3) {
        groups.add(ids.subList(from, from + 3));
      }
      MendPreview preview =
          MergePreview.of(upgrades.store(), groups, Keep.OLDEST.order(), true, looked -> {});
      long kept =
          preview.items().stream()
              .filter(
                  item ->
                      item.plan() instanceof MendPlan.Merge merge
                          && merge.keeper().equals(item.id()))
              .count();
      RunProgress end = upgrades.mend(preview.mends(), OPTIONS).await();
      assertThat(end.state()).isEqualTo(RunState.COMPLETED);
      assertThat(end.count(EntryState.MENDED)).isEqualTo((int) kept);
      assertThat(end.count(EntryState.DELETED)).isEqualTo(preview.items().size() - (int) kept);
      assertThat(rows(upgrades)).hasSize(rows.size() - end.count(EntryState.DELETED));
      upgrades.undo(end.run(), List.of(), OPTIONS).await();
      assertThat(plugin.allButMetadata()).isEqualTo(before);
      assertThat(rows(upgrades)).isEqualTo(rows);
    }
  }

  private static Map<String, MemoryEntry> rows(Upgrades upgrades) {
    return upgrades.store().page(EntryQuery.ALL, 0, 1_000).stream()
        .collect(Collectors.toMap(MemoryEntry::id, row -> row));
  }

  private static String vector(String columns) {
    int begin = columns.indexOf("vector=");
    assertThat(begin).isNotNegative();
    int end = columns.indexOf(']', begin);
    return columns.substring(begin, end < 0 ? columns.length() : end);
  }
}
