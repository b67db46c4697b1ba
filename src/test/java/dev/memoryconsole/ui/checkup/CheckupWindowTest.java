package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** An untidy store, and what its check-up shows. */
abstract class CheckupWindowTest extends WindowTest {
  static final String GRADLE =
      "Prefers Gradle over Bazel for anything that has to be built twice a day, says Maya.";

  static MemoryEntry row(
      String id, String text, @Nullable String scope, String metadata, int minutes) {
    return new MemoryEntry(
        id, text, "fact", scope, 0.5, CLOCK.millis() - minutes * 60_000L, metadata, 1);
  }

  /** Two without a scope, one wrong category, three and two of the same, two almost the same. */
  static List<MemoryEntry> untidy() {
    List<MemoryEntry> rows = new ArrayList<>();
    rows.add(
        row("sails", "Sails on Sundays with Okafor if the wind allows it.", "global", "{}", 0));
    rows.add(row("tea", "Drinks tea.", "agent:main", "{}", 5));
    rows.add(row("none1", "Nobody asks for this.", "", "{}", 1));
    rows.add(row("none2", "Nor for that.", null, "{}", 2));
    rows.add(
        row(
            "mapped",
            "A lesson of a reflection.",
            "global",
            "{\"type\":\"memory-reflection-mapped\",\"mappedKind\":\"user-model\","
                + "\"memory_category\":\"cases\"}",
            3));
    rows.add(row("same1", GRADLE, "global", "{\"access_count\":2,\"injected_count\":1}", 40));
    rows.add(row("same2", GRADLE.toUpperCase(Locale.ROOT), "global", "{\"access_count\":9}", 50));
    rows.add(row("same3", GRADLE, "global", "{}", 60));
    rows.add(row("twin1", "Same.", "agent:ops", "{}", 70));
    rows.add(row("twin2", "same.", "agent:ops", "{}", 80));
    rows.add(row("near", GRADLE.replace("twice", "often"), "global", "{}", 90));
    return rows;
  }

  final void check() {
    press("#checkup");
    press("#checkupBegin");
    until(() -> on("#checkupFindings"));
  }

  @SuppressWarnings("unchecked")
  final void choose(Finding finding) {
    run(
        () ->
            ((ListView<Finding>) node("#checkupFindings", ListView.class))
                .getSelectionModel()
                .select(finding));
  }

  final String label(String selector) {
    return ask(() -> node(selector, Label.class).getText());
  }

  final String words(String selector) {
    return ask(() -> node(selector, ButtonBase.class).getText());
  }

  final int items(String selector) {
    return ask(() -> node(selector, ListView.class).getItems().size());
  }

  static Map<String, MemoryEntry> read(Path store) {
    Map<String, MemoryEntry> rows = new HashMap<>();
    try (SqliteStore open = SqliteStore.open(store)) {
      open.page(EntryQuery.ALL, 0, 100).forEach(row -> rows.put(row.id(), row));
    }
    return rows;
  }

  static List<String> archived(Path store) {
    return read(store).values().stream()
        .filter(
            row ->
                MetadataJson.objectOrEmpty(row.metadata())
                    .path("state")
                    .asText()
                    .equals("archived"))
        .map(MemoryEntry::id)
        .sorted()
        .toList();
  }

  final String shownText(String selector) {
    return ask(() -> String.valueOf(node(selector, Region.class).getAccessibleText()));
  }

  /** Chooses from the menu of what is done to the others of a group alone. */
  final void pressOthers(String item) {
    run(
        () ->
            node("#groupOthers", MenuButton.class).getItems().stream()
                .filter(entry -> item.equals(entry.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
  }

  final String othersSay(String item) {
    return ask(
        () ->
            node("#groupOthers", MenuButton.class).getItems().stream()
                .filter(entry -> item.equals(entry.getId()))
                .findFirst()
                .orElseThrow()
                .getText());
  }
}
