package dev.memoryconsole.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other tools' memories come in through the window, by fields that the admin chooses. */
class ImportInWindowTest extends WindowTest {
  private static final String MEM0 =
      "{\"results\":[{\"id\":\"x\",\"memory\":\"Likes tea\",\"user_id\":\"sam\"}]}";
  private static final String NOTES =
      """
      {"note":"Buy flour","title":"Shopping","when":"2025-01-02T03:04:05Z","meta":{"team":"ops"}}
      {"note":"Oven is broken","title":"Oven","when":"2025-01-03T03:04:05Z","meta":{"team":"dev"}}
      """;

  @Test
  void anotherToolsMemoriesAreShownAsTheyWouldComeIn() throws Exception {
    open();
    importFile("mem0.json", MEM0);
    until(() -> on("#importYes"));
    assertThat(label("#importWhose")).contains("mem0's memories");
    assertThat(label("#importRows")).isEqualTo("“Likes tea”\nuser:sam · other · no time");
    assertThat(chosen("#importText")).isEqualTo("memory");
    assertThat(chosen("#importScope")).isEqualTo("user_id");
    assertThat(chosen("#importTime")).isEmpty();
    press("#importNo");
    until(() -> !on("#importYes"));
    importFile("mem0.json", MEM0);
    until(() -> on("#importYes"));
    press("#importYes");
    until(() -> says("2 memories"));
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void fieldsUnderUnusualNamesAreChosenAndThePreviewFollows(Theme theme) throws Exception {
    Path store = open(theme);
    importFile("notes.jsonl", NOTES);
    until(() -> on("#importRows"));
    assertThat(button("#importYes").isDisabled()).isTrue();
    assertThat(label("#importRows")).contains("choose the field that holds the text");
    Pictures.shoot(stage, "95-import-unknown-" + theme.name().toLowerCase(Locale.ROOT));
    assertThat(ask(() -> List.copyOf(box("#importText").getItems())))
        .containsExactly("note", "title", "when", "meta.team");

    choose("#importText", "title");
    until(() -> label("#importRows").contains("“Oven”"));
    choose("#importText", "note");
    until(() -> label("#importRows").contains("“Buy flour”"));
    choose("#importTime", "when");
    choose("#importScope", "meta.team");
    until(() -> label("#importRows").contains("ops · other · Jan 2, 2025"));
    until(() -> !button("#importYes").isDisabled());
    Pictures.shoot(stage, "96-import-chosen-" + theme.name().toLowerCase(Locale.ROOT));
    press("#importYes");
    until(() -> says("3 memories"));
    try (MemoryStore opened = SqliteStore.open(store)) {
      MemoryEntry first =
          opened.page(EntryQuery.ALL, 0, 10).stream()
              .filter(entry -> entry.text().equals("Buy flour"))
              .findFirst()
              .orElseThrow();
      assertThat(first.timestamp()).isEqualTo(1_735_787_045_000L);
      assertThat(first.scope()).isEqualTo("ops");
      JsonNode kept = new ObjectMapper().readTree(String.valueOf(first.metadata()));
      assertThat(kept.at("/imported/fields/title").asText()).isEqualTo("Shopping");
      assertThat(kept.at("/imported/fields/when").asText()).isEqualTo("2025-01-02T03:04:05Z");
    }
  }

  @Test
  void aFieldCanBeLeftOut() throws Exception {
    open();
    importFile("mem0.json", MEM0);
    until(() -> on("#importYes"));
    choose("#importScope", "");
    until(() -> label("#importRows").contains("global · other"));
  }

  private Path open() throws Exception {
    return open(Theme.LIGHT);
  }

  private Path open(Theme theme) throws Exception {
    Path store = services.store("a.db", legacy(1));
    show(store, Locale.ENGLISH, theme, 1280, 800);
    until(() -> on("#memories"));
    return store;
  }

  private void importFile(String name, String content) throws Exception {
    picked = Files.writeString(folder.resolve(name), content);
    run(
        () ->
            node("#store", MenuButton.class).getItems().stream()
                .filter(item -> "importItem".equals(item.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
  }

  private String label(String selector) {
    return ask(() -> node(selector, Label.class).getText());
  }

  @SuppressWarnings("unchecked")
  private ComboBox<String> box(String selector) {
    return (ComboBox<String>) node(selector, ComboBox.class);
  }

  private String chosen(String selector) {
    return ask(() -> box(selector).getValue());
  }

  private void choose(String selector, String name) {
    run(() -> box(selector).setValue(name));
  }
}
