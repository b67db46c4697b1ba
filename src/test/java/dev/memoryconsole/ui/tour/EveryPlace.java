package dev.memoryconsole.ui.tour;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

/**
 * Goes to every place there is in the window: screens, panels, questions, empty states, a run at
 * work and over. Screens are those of the rail and panels those of the store's menu, so that a new
 * one is looked at without being named here.
 */
abstract class EveryPlace extends Places {
  /** Looks at a place. */
  @FunctionalInterface
  interface Visitor {
    /** The window is there, and still. */
    void at(String place) throws Exception;
  }

  private static final int CHOSEN = 9;
  private static final String NOTES =
      """
      {"note":"Buy flour","title":"Shopping","when":"2025-01-02T03:04:05Z","meta":{"team":"ops"}}
      {"note":"Oven is broken","title":"Oven","when":"2025-01-03T03:04:05Z","meta":{"team":"dev"}}
      """;

  /** Every third of the newest memories fails, so that every outcome is there to be seen. */
  private void failSome(Path store) {
    try (MemoryStore open = SqliteStore.open(store)) {
      List<MemoryEntry> newest = open.page(EntryQuery.ALL, 0, 10 * CHOSEN);
      for (int i = 0; i < newest.size(); i += 3) {
        services.enricher.fail(newest.get(i).id(), "The model did not answer within 30 s.");
      }
    }
  }

  /** Opens the window and visits what is there at first. */
  void begin(Path store, Locale locale, Theme theme, double width, double height, Visitor visitor)
      throws Exception {
    failSome(store);
    run(
        () -> {
          // All that the window without a display has a place for.
          stage.setX(0);
          stage.setY(0);
        });
    // One at a time, so that the same are answered first each time.
    show(
        services,
        clock,
        () -> UpgradeOptions.DEFAULT.withBatchSize(4).withConcurrency(1),
        null,
        locale,
        theme,
        width,
        height);
    at("welcome", visitor);
    picked = store;
    key(KeyCode.O, true, false);
    until(() -> root().lookup("#table") != null && rows() > 0);
    at("memories", visitor);
    nothingFound(visitor);
    press("#runs");
    at("runs-none", visitor);
    press("#memories");
  }

  /** Opens the window and visits all of it. */
  void visit(Path store, Locale locale, Theme theme, double width, double height, Visitor visitor)
      throws Exception {
    begin(store, locale, theme, width, height, visitor);
    chosen(visitor);
    questions(visitor);
    aRun(visitor);
    screens(visitor);
    panels(visitor);
    layers(visitor);
  }

  void at(String place, Visitor visitor) throws Exception {
    still();
    visitor.at(place);
  }

  private void nothingFound(Visitor visitor) throws Exception {
    run(() -> node("#search", TextField.class).setText("zebra crossing scope:nowhere"));
    until(() -> on("#emptyTitle"));
    at("nothing-matches", visitor);
    run(() -> node("#search", TextField.class).setText(""));
    until(() -> !on("#emptyTitle") && rows() > 0);
  }

  private void chosen(Visitor visitor) throws Exception {
    press("#legacyChip");
    still();
    run(() -> table().requestFocus());
    for (int i = 0; i < CHOSEN; i++) {
      int row = i;
      run(() -> table().getSelectionModel().clearAndSelect(row));
      key(KeyCode.SPACE, false, false);
    }
    at("chosen", visitor);
    run(() -> table().requestFocus());
    key(KeyCode.ENTER, false, false);
    until(() -> on("#tabs"));
    int tabs = ask(() -> node("#tabs", TabPane.class).getTabs().size());
    for (int i = 0; i < tabs; i++) {
      tab(i);
      at("details-" + (i + 1), visitor);
    }
    tab(0);
    if (root().lookup("#table") == null) {
      key(KeyCode.ESCAPE, false, false);
    }
    mend(visitor);
    press("#preview");
    until(() -> on("#previewUpgrade"));
    at("preview", visitor);
    escape("#previewUpgrade");
  }

  private void questions(Visitor visitor) throws Exception {
    press("#upgradeAll");
    until(() -> on("#yes") && !node("#yes", ButtonBase.class).isDisabled());
    at("question", visitor);
    escape("#yes");
    Path notes = folder.resolve("notes.jsonl");
    Files.writeString(notes, NOTES);
    picked = notes;
    choose("importItem");
    until(() -> on("#importRows"));
    at("import", visitor);
    escape("#importRows");
  }

  private void aRun(Visitor visitor) throws Exception {
    services.enricher.hold();
    press("#upgradeSelected");
    // More than a batch: what fails is kept back until another was answered.
    services.enricher.permit(CHOSEN - 3);
    // Only then its bar is as high as it stays, and leaves the outcomes as much as it leaves them.
    until(() -> on("#runBar .chip"));
    still();
    press("#expand");
    stays(() -> items("#outcomes"));
    at("running", visitor);
    services.enricher.release();
    until(() -> on("#dismiss"));
    at("outcomes", visitor);
    press("#expand");
    press("#legacyChip");
    at("run-over", visitor);
    // What comes next has its room again.
    run(() -> root().lookupAll(".notification").forEach(EveryPlace::close));
  }

  void screens(Visitor visitor) throws Exception {
    List<String> ids =
        ask(
            () ->
                root().lookupAll(".rail-button").stream()
                    .filter(WindowTest::visible)
                    .map(Node::getId)
                    .toList());
    for (String id : ids) {
      if (id.equals("memories")) {
        continue;
      }
      press("#" + id);
      still();
      if (id.equals("runs")) {
        run(() -> node("#runList", ListView.class).getSelectionModel().select(0));
        until(() -> items("#runEntries") > 0);
        run(() -> node("#runEntries", TableView.class).getSelectionModel().select(0));
      }
      if (id.equals("settings")) {
        run(() -> node("#byModel", RadioButton.class).fire());
      }
      downwards(id, visitor);
      if (id.equals("checkup")) {
        found(visitor);
      }
    }
    press("#memories");
  }

  /** What the check-up finds of each kind. */
  private void found(Visitor visitor) throws Exception {
    press("#checkupBegin");
    until(() -> on("#checkupFindings"));
    for (Finding finding : Finding.values()) {
      run(() -> findings().getSelectionModel().select(finding));
      until(() -> on("#checkupNone") || on("#checkupFound") || on("#keptText"));
      if (!on("#checkupNone")) {
        downwards("checkup-" + finding.key(), visitor);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private ListView<Finding> findings() {
    return node("#checkupFindings", ListView.class);
  }

  /** A page that is longer than the window is looked at in the middle and at its end, too. */
  private void downwards(String id, Visitor visitor) throws Exception {
    at(id, visitor);
    List<ScrollPane> pages = ask(() -> NodeText.longPages(root()));
    for (ScrollPane page : pages) {
      run(() -> page.setVvalue(0.5));
      at(id + "-middle", visitor);
      run(() -> page.setVvalue(1));
      at(id + "-end", visitor);
      run(() -> page.setVvalue(0));
    }
  }

  void panels(Visitor visitor) throws Exception {
    for (MenuButton menu : List.of(ask(() -> menu("#store")), ask(() -> menu("#help")))) {
      List<String> items =
          ask(
              () ->
                  menu.getItems().stream()
                      .map(item -> Objects.requireNonNullElse(item.getId(), ""))
                      .filter(EveryPlace::isPanel)
                      .toList());
      for (String item : items) {
        run(
            () ->
                menu.getItems().stream()
                    .filter(entry -> item.equals(entry.getId()))
                    .findFirst()
                    .orElseThrow()
                    .fire());
        until(() -> covering() != null);
        at(item.replace("Item", ""), visitor);
        key(KeyCode.ESCAPE, false, false);
        until(() -> covering() == null);
      }
    }
  }

  /** What can be changed of those that are chosen: in a narrow window it is in the palette only. */
  void mend(Visitor visitor) throws Exception {
    for (int i = 0; i < ask(this::changes).size(); i++) {
      int item = i;
      run(() -> changes().get(item).fire());
      still();
      if (ask(this::covering) == null) {
        continue;
      }
      at(item == 0 ? "mend" : "mend-" + (item + 1), visitor);
      key(KeyCode.ESCAPE, false, false);
      until(() -> covering() == null);
    }
  }

  private List<MenuItem> changes() {
    MenuButton change = (MenuButton) root().lookup("#change");
    // Its items are put together when it is opened.
    change.getOnShowing().handle(new Event(Event.ANY));
    return change.getItems();
  }

  void layers(Visitor visitor) throws Exception {
    key(KeyCode.K, true, false);
    until(() -> on("#paletteTyped"));
    at("palette", visitor);
    escape("#paletteTyped");
  }

  private MenuButton menu(String selector) {
    return node(selector, MenuButton.class);
  }

  private int items(String selector) {
    return root().lookup(selector) instanceof TableView<?> table ? table.getItems().size() : 0;
  }

  private void escape(String gone) {
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on(gone));
  }
}
