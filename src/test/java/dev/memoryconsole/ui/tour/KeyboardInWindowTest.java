package dev.memoryconsole.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything can be found, and done, without a mouse. */
class KeyboardInWindowTest extends WindowTest {
  @Test
  void thePaletteGoesToAScreen() throws Exception {
    show(services.store("agent.db", legacy(3)));
    find("lock");
    until(() -> found().getFirst().startsWith("Locks"));
    assertThat(ask(this::found).getFirst()).contains("Ctrl+4");
    key(KeyCode.ENTER, false, false);
    until(() -> !on("#table") && node("#locks", ToggleButton.class).isSelected());
    assertThat(ask(() -> on("#paletteTyped"))).isFalse();
  }

  @Test
  void thePaletteKnowsStoresSettingsAndWhatCanNotBeDoneNow() throws Exception {
    show(null);
    find("");
    assertThat(ask(this::found)).noneMatch(line -> line.startsWith("Export"));
    type("appearance");
    until(() -> found().getFirst().startsWith("Settings: Appearance"));
    key(KeyCode.ENTER, false, false);
    until(() -> on("#windowLanguage") && node("#windowLanguage", Node.class).isFocused());
    picked = services.store("other.db", legacy(2));
    key(KeyCode.O, true, false);
    until(() -> on("#table") && rows() == 2);
    find("other.db");
    until(() -> found().getFirst().contains("other.db") && found().getFirst().contains("Store"));
  }

  @Test
  void arrowsWalkAndEscapeGivesTheFocusBack() throws Exception {
    show(services.store("agent.db", legacy(3)));
    run(() -> node("#search", TextField.class).requestFocus());
    find("");
    key(KeyCode.DOWN, false, false);
    key(KeyCode.DOWN, false, false);
    key(KeyCode.UP, false, false);
    assertThat(ask(() -> list().getSelectionModel().getSelectedIndex())).isEqualTo(1);
    type("zzzz");
    until(() -> says("Nothing is called that."));
    key(KeyCode.ENTER, false, false);
    assertThat(ask(() -> on("#paletteTyped"))).isTrue();
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#paletteTyped") && node("#search", TextField.class).isFocused());
  }

  @Test
  void shiftF1ListsEveryKeyThatDoesSomething() throws Exception {
    show(services.store("agent.db", legacy(3)));
    key(KeyCode.F1, false, true);
    until(() -> on("#helpTitle"));
    for (String key :
        List.of("Ctrl+K", "F1", "Ctrl+O", "Ctrl+F", "Ctrl+1", "Ctrl+Shift+L", "Tab")) {
      assertThat(ask(() -> says(key))).as(key).isTrue();
    }
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#helpTitle"));
  }

  @Test
  void aKeyDoesNothingBehindAQuestion() throws Exception {
    show(services.store("agent.db", legacy(3)));
    press("#upgradeAll");
    until(() -> on("#yes"));
    key(KeyCode.DIGIT2, true, false);
    key(KeyCode.K, true, false);
    assertThat(ask(() -> on("#paletteTyped"))).isFalse();
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#yes") && on("#table"));
    key(KeyCode.DIGIT2, true, false);
    until(() -> !on("#table"));
  }

  @Test
  void tabGoesRoundInAPanelAndIsSeen() throws Exception {
    show(services.store("agent.db", legacy(3)));
    picked = Files.writeString(folder.resolve("notes.jsonl"), "{\"note\":\"Buy flour\"}\n");
    choose("importItem");
    until(() -> on("#importRows"));
    run(() -> node("#importText", Node.class).requestFocus());
    key(KeyCode.TAB, false, false);
    until(() -> node("#importTime", Node.class).isFocused());
    run(() -> node("#importText", Node.class).requestFocus());
    key(KeyCode.TAB, false, true);
    until(() -> node("#importNo", Node.class).isFocusVisible());
    key(KeyCode.TAB, false, false);
    until(() -> node("#importText", Node.class).isFocusVisible());
  }

  @Test
  void scopesAreChosenByKeyboard() throws Exception {
    show(services.store("agent.db", legacy(6)));
    run(() -> node("#scopes", Node.class).requestFocus());
    key(KeyCode.SPACE, false, false);
    until(() -> Window.getWindows().stream().anyMatch(PopupWindow.class::isInstance));
    key(KeyCode.DOWN, false, false);
    key(KeyCode.SPACE, false, false);
    until(() -> rows() < 6);
    // The second of both scopes, because the first had the focus when the list was opened.
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void menusTellTheirKeys() throws Exception {
    show(services.store("agent.db", legacy(3)));
    assertThat(ask(() -> node("#store", MenuButton.class).getItems().getFirst().getAccelerator()))
        .isNotNull();
    assertThat(ask(() -> item("guideItem").getAccelerator().getDisplayText())).isEqualTo("F1");
  }

  @Test
  void theGuideIsShownAndDiagnosticsAreCopied() throws Exception {
    show(services.store("agent.db", legacy(3)));
    run(() -> item("guideItem").fire());
    until(() -> on("#helpTitle"));
    until(() -> says("Window"));
    Pictures.shoot(stage, "help-guide");
    key(KeyCode.ESCAPE, false, false);
    run(() -> item("diagnosticsItem").fire());
    until(() -> on(".notification"));
    String copied = ask(() -> Clipboard.getSystemClipboard().getString());
    assertThat(copied).contains("# Memory Console ", "Kind: SQLite", "Memories: 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh-CN"})
  void f1OpensTheChapterAboutTheScreenOneIsOn(String language) throws Exception {
    boolean chinese = language.startsWith("zh");
    Path store = services.store("agent.db", legacy(3));
    show(store, Locale.forLanguageTag(language), Theme.LIGHT, 900, 560);
    Map<KeyCode, String> chapters =
        Map.of(
            KeyCode.DIGIT1, chinese ? "记忆" : "Memories",
            KeyCode.DIGIT2, chinese ? "运行" : "Runs",
            KeyCode.DIGIT3, chinese ? "概览" : "Overview",
            KeyCode.DIGIT4, chinese ? "查看锁" : "See the lock",
            KeyCode.DIGIT5, chinese ? "检查" : "Check-up",
            KeyCode.DIGIT6, chinese ? "设置" : "Settings");
    for (Map.Entry<KeyCode, String> chapter : chapters.entrySet()) {
      key(chapter.getKey(), true, false);
      key(KeyCode.F1, false, false);
      until(() -> on("#helpTitle") && chapter.getValue().equals(atTop()));
      if (chapter.getKey() == KeyCode.DIGIT4) {
        Pictures.shoot(stage, "help-locks-" + language);
      }
      key(KeyCode.ESCAPE, false, false);
      until(() -> !on("#helpTitle"));
    }
  }

  @Test
  void withoutAStoreF1OpensTheFirstStepsAndLinksLeadOn() throws Exception {
    show(null);
    key(KeyCode.F1, false, false);
    until(() -> on("#helpTitle") && "First steps".equals(atTop()));
    run(
        () ->
            node("#helpText", ScrollPane.class).lookupAll(".hyperlink").stream()
                .map(Hyperlink.class::cast)
                .filter(link -> link.getText().equals("Command line"))
                .findFirst()
                .orElseThrow()
                .fire());
    until(() -> "Command line".equals(atTop()));
  }

  /** The first heading that is seen in the guide. */
  private String atTop() {
    ScrollPane scroll = node("#helpText", ScrollPane.class);
    double top = scroll.localToScene(scroll.getLayoutBounds()).getMinY();
    return scroll.getContent().lookupAll(".help-heading").stream()
        .filter(heading -> heading.localToScene(heading.getLayoutBounds()).getMinY() >= top - 2)
        .findFirst()
        .map(heading -> ((Label) heading).getText())
        .orElse("");
  }

  private void find(String typed) {
    key(KeyCode.K, true, false);
    until(() -> on("#paletteTyped"));
    if (!typed.isEmpty()) {
      type(typed);
    }
  }

  private void type(String typed) {
    run(
        () ->
            root().lookupAll("#paletteTyped").stream()
                .map(TextField.class::cast)
                .forEach(field -> field.setText(typed)));
  }

  @SuppressWarnings("unchecked")
  private ListView<Object> list() {
    return (ListView<Object>) root().lookup("#paletteFound");
  }

  /** What the lines of the palette say, in order. */
  private List<String> found() {
    list().layout();
    return list().lookupAll(".list-cell").stream()
        .map(Node::getAccessibleText)
        .filter(text -> text != null)
        .toList();
  }

  private MenuItem item(String id) {
    return node("#help", MenuButton.class).getItems().stream()
        .filter(item -> id.equals(item.getId()))
        .findFirst()
        .orElseThrow();
  }
}
