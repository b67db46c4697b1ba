package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxToolkit;

/**
 * Two windows over one store: in one all was built before the store was shown, in the other after.
 * They must say the same.
 */
class LateViewsInWindowTest extends WindowTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;

  private final class Pane {
    final WindowContent content;

    Pane(Stage window) {
      UiContext context =
          new UiContext(
              services,
              background,
              clock,
              Locale.ENGLISH,
              Locale.ENGLISH,
              Appearance.USUAL.withTheme(Theme.LIGHT),
              saved -> {},
              null,
              place -> {},
              () -> UpgradeOptions.DEFAULT,
              null,
              requests -> {},
              () -> {});
      content =
          new WindowContent(
              context,
              context.appearance(),
              Messages.of(Locale.ENGLISH),
              (purpose, name) -> Optional.ofNullable(picked),
              (before, now) -> {});
      window.setScene(new Scene(content.root(), WIDTH, HEIGHT));
      content.dress(window.getScene());
      window.show();
    }

    /** All that can be read in it, a line each. */
    String words() {
      StringBuilder words = new StringBuilder();
      collect(content.root(), words);
      return words.toString();
    }

    private void collect(Node node, StringBuilder into) {
      if (!node.isVisible()) {
        return;
      }
      if (node instanceof Labeled labeled && labeled.getText() != null) {
        into.append(labeled.getText()).append(labeled.isDisabled() ? " (off)\n" : "\n");
      }
      if (node instanceof TextInputControl field) {
        into.append(field.getText()).append('\n');
      }
      if (node instanceof Parent parent) {
        parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
      }
    }

    @Nullable TableView<?> table() {
      return (TableView<?>) content.root().lookup("#table");
    }

    void choose(int row) {
      TableView<?> table = Objects.requireNonNull(table());
      table.getSelectionModel().clearAndSelect(row);
      press(table, KeyCode.SPACE);
    }

    void ask(String what) {
      if (what.equals("details")) {
        press(Objects.requireNonNull(table()), KeyCode.ENTER);
      } else if (what.startsWith("change")) {
        MenuButton menu = (MenuButton) content.root().lookup("#change");
        // Its items are put together when it is opened.
        menu.getOnShowing().handle(new Event(Event.ANY));
        menu.getItems().stream()
            .filter(item -> what.equals(item.getId()))
            .findFirst()
            .orElseThrow()
            .fire();
      } else {
        go(what);
      }
    }

    private void press(Node at, KeyCode code) {
      Event.fireEvent(
          at, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    void go(String place) {
      if (content.root().lookup("#" + place) instanceof ButtonBase button) {
        button.fire();
      } else if (place.endsWith("Item")) {
        content.root().lookupAll(".menu-button").stream()
            .filter(MenuButton.class::isInstance)
            .flatMap(menu -> ((MenuButton) menu).getItems().stream())
            .filter(item -> place.equals(item.getId()))
            .findFirst()
            .orElseThrow()
            .fire();
      } else {
        throw new AssertionError("There is no way to " + place + ".");
      }
    }
  }

  private Pane first;
  private Pane second;

  @BeforeEach
  void openBoth() throws Exception {
    Path store = services.store("a.db", legacy(30));
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(12);
    }
    Stage other = FxToolkit.registerStage(Stage::new);
    first = ask(() -> new Pane(stage));
    second = ask(() -> new Pane(other));
    run(
        () -> {
          first.content.buildAll();
          first.content.begin(StoreLocation.of(store));
          second.content.begin(StoreLocation.of(store));
        });
    for (Pane pane : List.of(first, second)) {
      until(() -> pane.content.session().isCounted() && pane.content.session().open() != null);
      until(() -> pane.content.session().totals().get().total() == 30);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          memories  | 30 memories
          runs      | Run 1 · upgrade
          overview  | Latest runs
          locks     | Nobody
          checkup   | Check
          settings  | Appearance
          """)
  void aScreenThatIsBuiltWhenSomebodyGoesThereSaysTheSame(String place, String words) {
    run(() -> List.of(first, second).forEach(pane -> pane.go(place)));
    run(second.content::buildAll);
    saysTheSame(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          snapshotsItem | Snapshots of a.db
          labItem       | lab
          importItem    | Import notes.jsonl?
          guideItem     | Guide
          aboutItem     | Memory Console
          """)
  void whatWasAskedForBeforeItIsBuiltSaysTheSame(String item, String words) throws Exception {
    Path notes = folder.resolve("notes.jsonl");
    Files.writeString(
        notes, "{\"note\":\"Buy flour\",\"title\":\"Shopping\",\"when\":\"2025-01-02T03:04:05Z\"}");
    picked = notes;
    run(() -> List.of(first, second).forEach(pane -> pane.go(item)));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ask(first::words)).contains(words));
    run(second.content::buildAll);
    saysTheSame(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          preview       | Preview of 2 memories
          changeArchive | Change fields of 2 memories
          changeDelete  | 2 would be deleted
          details       | Metadata
          """)
  void whatIsAskedForOfChosenMemoriesBeforeItIsBuiltSaysTheSame(String what, String words) {
    for (Pane pane : List.of(first, second)) {
      until(() -> pane.table() != null && pane.table().getItems().size() == 30);
      // The twelve newest are upgraded.
      run(() -> List.of(20, 21).forEach(pane::choose));
      run(() -> pane.ask(what));
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ask(first::words)).contains(words));
    run(second.content::buildAll);
    saysTheSame(words);
  }

  @Test
  void aCheckupThatBeganBeforeTheRestIsBuiltSaysTheSame() {
    run(() -> List.of(first, second).forEach(pane -> pane.go("checkup")));
    run(() -> List.of(first, second).forEach(pane -> pane.go("checkupBegin")));
    run(second.content::buildAll);
    saysTheSame("Looked at 30 memories");
  }

  private void saysTheSame(String words) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String all = ask(first::words);
              assertThat(all).contains(words);
              assertThat(ask(second::words).lines())
                  .containsExactlyElementsOf(all.lines().toList());
            });
  }

  @AfterEach
  void closeBoth() {
    List<Upgrades> open = new ArrayList<>();
    run(() -> List.of(first, second).forEach(pane -> open.add(pane.content.close())));
    open.forEach(Session::closeWithStore);
  }
}
