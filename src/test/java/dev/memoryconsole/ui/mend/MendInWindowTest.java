package dev.memoryconsole.ui.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** Fields of many memories are changed from the memories screen, after a look at each. */
class MendInWindowTest extends WindowTest {
  private void pick(String item) {
    run(
        () -> {
          MenuButton menu = node("#change", MenuButton.class);
          menu.getOnShowing().handle(null);
          MenuItem chosen =
              menu.getItems().stream()
                  .filter(entry -> item.equals(entry.getId()))
                  .findFirst()
                  .orElseThrow();
          assertThat(chosen.isDisable()).isFalse();
          chosen.fire();
        });
    until(() -> on("#mendPanel"));
  }

  private String label(String selector) {
    return ask(() -> node(selector, Label.class).getText());
  }

  private String runWords() {
    return ask(() -> node("#mendRun", ButtonBase.class).getText());
  }

  private boolean mayRun() {
    return ask(() -> !node("#mendRun", ButtonBase.class).isDisabled());
  }

  @SuppressWarnings("unchecked")
  private void choose(String field, String value) {
    run(() -> node(field, ComboBox.class).setValue(value));
  }

  private void type(String field, String text) {
    run(() -> node(field, TextField.class).setText(text));
  }

  private static Map<String, MemoryEntry> read(Path store) {
    Map<String, MemoryEntry> rows = new HashMap<>();
    try (SqliteStore open = SqliteStore.open(store)) {
      open.page(EntryQuery.ALL, 0, 100).forEach(row -> rows.put(row.id(), row));
    }
    return rows;
  }

  private static String metadata(Map<String, MemoryEntry> rows, String id) {
    return String.valueOf(Objects.requireNonNull(rows.get(id)).metadata());
  }

  private static List<String> inState(Path store, String state) {
    return read(store).values().stream()
        .filter(
            row -> MetadataJson.objectOrEmpty(row.metadata()).path("state").asText().equals(state))
        .map(MemoryEntry::id)
        .sorted()
        .toList();
  }

  private static MemoryEntry with(MemoryEntry row, String id, String metadata) {
    return new MemoryEntry(
        id,
        row.text(),
        row.category(),
        row.scope(),
        row.importance(),
        row.timestamp(),
        metadata,
        1);
  }

  @Test
  void theChosenOnesAreArchivedAndBroughtBackByAnUndo() throws Exception {
    Path store = services.store("a.db", legacy(5));
    Map<String, MemoryEntry> before = read(store);
    show(store);
    click(0, true, false);
    click(2, true, false);
    pick("changeArchive");
    until(() -> label("#mendTotals").startsWith("2 would change."));
    assertThat(label("#mendTitle")).isEqualTo("Change fields of 2 memories");
    assertThat(cellSays("state: – → archived")).isTrue();
    assertThat(on("#mendNumber")).isFalse();
    assertThat(runWords()).isEqualTo("Change these 2");
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(on("#mendPanel")).isFalse();
    assertThat(inState(store, "archived")).containsExactly("m00", "m02");
    press("#noticeOffer");
    until(() -> on("#yes"));
    press("#yes");
    until(() -> says("Run 2: undo done"));
    assertThat(read(store))
        .allSatisfy((id, row) -> assertThat(row.metadata()).isEqualTo(metadata(before, id)));
  }

  private boolean cellSays(String words) {
    return ask(
        () ->
            // While it is looked through anew there is no table.
            on("#mendTable")
                && node("#mendTable", TableView.class).lookupAll(".table-cell").stream()
                    .anyMatch(
                        cell ->
                            cell instanceof TableCell<?, ?> one && words.equals(one.getText())));
  }

  @Test
  void manyAreChangedOnlyOnceTheirNumberIsTyped() throws Exception {
    List<MemoryEntry> rows = new ArrayList<>(legacy(14));
    rows.add(with(rows.getFirst(), "corpus:1", "{\"openclaw_corpus\":true}"));
    rows.set(3, with(rows.get(3), "m03", "{\"state\":\"confirmed\",\"tier\":\"core\"}"));
    Path store = services.store("a.db", rows);
    show(store);
    pick("changeMatching");
    until(() -> label("#mendTitle").equals("Change fields of 15 memories"));
    assertThat(mayRun()).isFalse();
    assertThat(on("#mendTable")).isFalse();
    choose("#mendTier", "core");
    until(
        () ->
            label("#mendTotals")
                .equals(
                    "13 would change; 1 is so already; 1 of the corpus is left alone."
                        + " Nothing is written yet."));
    run(
        () -> {
          TableView<?> table = node("#mendTable", TableView.class);
          table.requestFocus();
          table.getSelectionModel().select(1);
        });
    key(KeyCode.SPACE, false, false);
    until(() -> label("#mendTotals").startsWith("12 would change; 1 taken out;"));
    type("#mendNumber", "13");
    assertThat(mayRun()).isFalse();
    type("#mendNumber", "12");
    assertThat(mayRun()).isTrue();
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    Map<String, MemoryEntry> after = read(store);
    assertThat(metadata(after, "m00")).doesNotContain("core");
    assertThat(metadata(after, "m01")).contains("\"tier\":\"core\"", "mended_at");
    assertThat(metadata(after, "m03")).doesNotContain("mended_at");
    assertThat(metadata(after, "corpus:1")).doesNotContain("mended_at");
  }

  @Test
  void whatIsTypedIsHeldToTheFieldsRules() throws Exception {
    Path store = services.store("a.db", legacy(3));
    show(store);
    click(1, false, false);
    pick("changeFields");
    until(() -> label("#mendTitle").equals("Change fields of 1 memory"));
    type("#mendImportance", "7");
    until(() -> on("#mendProblem"));
    assertThat(label("#mendProblem"))
        .isEqualTo("The importance is a number from 0 to 1, not \"7\".");
    assertThat(mayRun()).isFalse();
    type("#mendImportance", "0.9");
    run(() -> node("#mendScope", ComboBox.class).getEditor().setText("agent:ops"));
    until(
        () ->
            !on("#mendProblem")
                && cellSays("scope: agent:main → agent:ops  ·  importance: 0.5 → 0.9"));
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(read(store).get("m01"))
        .satisfies(
            row -> {
              assertThat(row.scope()).isEqualTo("agent:ops");
              assertThat(row.importance()).isEqualTo(0.9);
            });
  }

  @Test
  void nothingIsWrittenByEscapeAndNothingIsLeftOfTheMendBefore() throws Exception {
    Path store = services.store("a.db", legacy(3));
    show(store);
    click(0, true, false);
    pick("changeArchive");
    until(() -> label("#mendTotals").startsWith("1 would change."));
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#mendPanel"));
    pick("changeFields");
    until(() -> on("#mendHint"));
    assertThat(ask(() -> node("#mendState", ComboBox.class).getValue())).isEqualTo("");
    assertThat(mayRun()).isFalse();
    assertThat(inState(store, "archived")).isEmpty();
  }

  @Test
  void allThatMatchButOneAreChanged() throws Exception {
    Path store = services.store("a.db", legacy(30));
    show(store);
    run(() -> node("#search", TextField.class).setText("scope:global"));
    until(() -> table().getItems().size() == 10);
    run(() -> table().requestFocus());
    key(KeyCode.A, true, false);
    click(0, true, false);
    pick("changeConfirm");
    until(() -> label("#mendTotals").startsWith("9 would change."));
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(inState(store, "confirmed")).hasSize(9).doesNotContain("m00").contains("m03", "m27");
  }

  @Test
  void theChosenOnesAreDeletedAndPutBackWholeByTheNotice() throws Exception {
    Path store = services.store("a.db", legacy(5));
    Map<String, MemoryEntry> before = read(store);
    show(store);
    click(1, true, false);
    pick("changeDelete");
    until(() -> on("#mendTable") && label("#mendTotals").startsWith("1 would be deleted."));
    assertThat(on("#mendState")).isFalse();
    assertThat(runWords()).isEqualTo("Delete this one");
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(read(store)).hasSize(4).doesNotContainKey("m01");
    press("#noticeOffer");
    until(() -> on("#yes"));
    press("#yes");
    until(() -> says("Run 2: undo done"));
    // What is put back is one write more.
    assertThat(read(store).values())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
        .containsExactlyInAnyOrderElementsOf(before.values());
  }

  @Test
  void thePaletteAndTheMenuOfARowLeadThereToo() throws Exception {
    show(services.store("a.db", legacy(3)));
    click(1, false, false);
    key(KeyCode.K, true, false);
    until(() -> on("#paletteTyped"));
    type("#paletteTyped", "archive memories");
    key(KeyCode.ENTER, false, false);
    until(() -> on("#mendPanel") && label("#mendTotals").startsWith("1 would change."));
    assertThat(on("#paletteTyped")).isFalse();
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#mendPanel"));
    run(
        () -> {
          ContextMenu menu = table().getContextMenu();
          menu.show(table(), 200, 150);
          menu.getItems().stream()
              .flatMap(item -> item instanceof Menu more ? more.getItems().stream() : Stream.of())
              .filter(item -> "changeConfirm".equals(item.getId()))
              .findFirst()
              .orElseThrow()
              .fire();
          menu.hide();
        });
    until(() -> on("#mendPanel") && label("#mendTotals").startsWith("1 would change."));
    assertThat(ask(() -> node("#mendState", ComboBox.class).getValue())).isEqualTo("confirmed");
  }

  @Test
  void picturesOfANarrowWindow() throws Exception {
    List<MemoryEntry> rows = new ArrayList<>(legacy(40));
    rows.add(with(rows.getFirst(), "corpus:1", "{\"openclaw_corpus\":true}"));
    rows.set(3, with(rows.get(3), "m03", "{\"state\":\"archived\"}"));
    show(services.store("a.db", rows), Locale.SIMPLIFIED_CHINESE, Theme.DARK, 900, 560);
    pick("changeMatching");
    until(() -> on("#mendHint"));
    choose("#mendState", "archived");
    until(() -> on("#mendNumber"));
    Pictures.shoot(stage, "92-change-fields-narrow");
    press("#mendClose");
  }
}
