package dev.memoryconsole.mend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.mend.find.MappedReflection;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.mend.find.StoreCheck;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.MemoryFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a look through a store finds, and what it leaves alone. */
class StoreCheckTest {
  private static final String LAYERS =
      "\"memory_category\":\"cases\",\"l0_abstract\":\"A.\",\"l1_overview\":\"-"
          + " A\",\"l2_content\":\"A.\"";

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private SqliteStore store;

  @BeforeEach
  void create() {
    store = SqliteStore.create(folder.resolve("store.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Report check(MemoryEntry... rows) throws Exception {
    store.insert(List.of(rows), ExistingRows.SKIP);
    return StoreCheck.of(store);
  }

  private static MemoryEntry in(
      String id, @Nullable String category, @Nullable String scope, String text, String metadata) {
    return new MemoryEntry(id, text, category, scope, 0.5, Entries.TIME, metadata, 0);
  }

  @Test
  void blankScopesAreFound() throws Exception {
    Report report =
        check(
            in("none", "fact", null, "A.", "{}"),
            in("blank", "fact", " ", "B.", "{}"),
            in("global", "fact", "global", "C.", "{}"),
            in("corpus:x", "fact", null, "D.", "{\"openclaw_corpus\":true}"));
    assertThat(report.looked()).isEqualTo(4);
    assertThat(report.ids(Finding.BLANK_SCOPE)).containsExactlyInAnyOrder("none", "blank");
  }

  @Test
  void mappedReflectionsAreHeldToTheirKind() throws Exception {
    String mapped =
        "{\"type\":\"memory-reflection-mapped\",\"mappedKind\":\"%s\",\"memory_category\":\"%s\"}";
    MemoryEntry wrong =
        in("wrong", "preference", "global", "A.", mapped.formatted("agent-model", "preferences"));
    Report report =
        check(
            wrong,
            in("right", "fact", "global", "B.", mapped.formatted("lesson", "cases")),
            in("column", "decision", "global", "C.", mapped.formatted("decision", "cases")),
            in("unknown", "fact", "global", "D.", mapped.formatted("other", "events")),
            in("plain", "fact", "global", "E.", "{\"memory_category\":\"events\"}"));
    assertThat(report.ids(Finding.MAPPED_CATEGORY)).containsExactlyInAnyOrder("wrong", "column");
    FieldChanges mend = MappedReflection.mend(wrong).orElseThrow();
    assertThat(mend.values())
        .containsEntry(MendField.MEMORY_CATEGORY, "patterns")
        .containsEntry(MendField.CATEGORY, "other");
  }

  @Test
  void poorSummariesAreFoundInUpgradedMemoriesOnly() throws Exception {
    String text = "A long text that nobody made a sentence of. ".repeat(10).strip();
    Report report =
        check(
            in("good", "fact", "global", "A good one.", "{" + LAYERS + "}"),
            in("missing", "fact", "global", "B.", "{\"memory_category\":\"cases\"}"),
            in("dots", "fact", "global", "C.", "{" + LAYERS.replace("A.\"", "…\"") + "}"),
            in(
                "whole",
                "fact",
                "global",
                text,
                "{" + LAYERS.replace("\"A.\"", '"' + text + '"') + "}"),
            in("legacy", "fact", "global", "D.", "{}"),
            in("reflection", "reflection", "global", "E.", "{\"type\":\"memory-reflection\"}"));
    assertThat(report.ids(Finding.POOR_SUMMARY))
        .containsExactlyInAnyOrder("missing", "dots", "whole");
  }

  @Test
  void duplicatesAreOfOneScopeAndOfWhatIsNotArchived() throws Exception {
    Report report =
        check(
            in("a", "fact", "global", "Prefers  Gradle.", "{}"),
            in("b", "preference", "global", "prefers gradle. ", "{}"),
            in("elsewhere", "fact", "agent:x", "Prefers Gradle.", "{}"),
            in("archived", "fact", "global", "Prefers Gradle.", "{\"state\":\"archived\"}"),
            in("empty1", "fact", "global", "", "{}"),
            in("empty2", "fact", "global", "", "{}"));
    assertThat(report.ids(Finding.DUPLICATE)).containsExactlyInAnyOrder("a", "b");
    assertThat(report.groups().get(Finding.DUPLICATE)).hasSize(1);
    assertThat(report.ids(Finding.NEAR_DUPLICATE)).isEmpty();
  }

  @Test
  void nearDuplicatesOfAnyScriptAreFoundAndOthersAreNot() throws Exception {
    String english =
        "The build server in Frankfurt is restarted every Sunday at four by the cron job ";
    String chinese = "用户喜欢使用深色主题，字体大小为十四，并且讨厌弹窗，尤其是在开会的时候，";
    Report report =
        check(
            in("e1", "fact", "global", english + "of Ada.", "{}"),
            in("e2", "fact", "global", english + "of Bob.", "{}"),
            in("z1", "fact", "global", chinese + "也讨厌广告。", "{}"),
            in("z2", "fact", "global", chinese + "也讨厌噪音。", "{}"),
            in(
                "other",
                "fact",
                "global",
                "Frankfurt has a build server that nobody restarts.",
                "{}"),
            in("short1", "fact", "global", "Port 8080", "{}"),
            in("short2", "fact", "global", "Port 8081", "{}"));
    assertThat(report.groups().getOrDefault(Finding.NEAR_DUPLICATE, List.of()))
        .extracting(
            group -> new TreeSet<>(group.stream().map(Report.Found::id).toList()).toString())
        .containsExactlyInAnyOrder("[e1, e2]", "[z1, z2]");
  }

  /** Each with each would be fifty million pairs. */
  @Test
  @Timeout(120)
  void tenThousandMemoriesTakeSecondsAndEveryPlantedPairIsFound() throws Exception {
    Random random = new Random(5);
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 20; word++) {
        text.append(Integer.toString(random.nextInt(100_000), 36)).append(' ');
      }
      rows.add(in("m" + i, "fact", "global", text.toString(), "{}"));
      if (i % 100 == 0) {
        rows.add(in("n" + i, "fact", "global", text + "x", "{}"));
      }
    }
    store.insert(rows, ExistingRows.SKIP);
    Report report = StoreCheck.of(store);
    assertThat(report.groups().getOrDefault(Finding.NEAR_DUPLICATE, List.of())).hasSize(100);
    assertThat(report.ids(Finding.NEAR_DUPLICATE)).hasSize(200);
  }

  @Test
  void whatIsComparedIsToldApartFromWhatIsLookedAt() throws Exception {
    String text = "It rains in Bergen on most of the days of a year, and nobody minds the rain, ";
    store.insert(
        List.of(
            in("a", "fact", "global", text + "says Ada.", "{}"),
            in("b", "fact", "global", text + "says Bob.", "{}")),
        ExistingRows.SKIP);
    List<String> told = new ArrayList<>();
    StoreCheck.of(
        store,
        new StoreCheck.Progress() {
          @Override
          public void looked(int looked, int total) {
            told.add("looked " + looked + "/" + total);
          }

          @Override
          public void compared(int compared, int pairs) {
            told.add("compared " + compared + "/" + pairs);
          }
        });
    assertThat(told).containsExactly("looked 0/2", "compared 0/0", "compared 0/1");
  }

  @Test
  void aLookCanBeStopped() throws Exception {
    store.insert(List.of(in("a", "fact", "global", "A.", "{}")), ExistingRows.SKIP);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> StoreCheck.of(store)).isInstanceOf(InterruptedException.class);
  }
}
