package dev.memoryconsole.ui.entries.look;

import dev.memoryconsole.settings.look.SavedView;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;

/** The menu of saved views: goes to one, saves what is on screen under a name, deletes one. */
public final class ViewsMenu {
  private static final int LONGEST_NAME = 60;

  private final MenuButton button;
  private final LookKeeper keeper;
  private final Function<String, SavedView> now;
  private final Consumer<SavedView> show;
  private final Messages messages;

  private ViewsMenu(
      MenuButton button,
      LookKeeper keeper,
      Function<String, SavedView> now,
      Consumer<SavedView> show,
      Messages messages) {
    this.button = button;
    this.keeper = keeper;
    this.now = now;
    this.show = show;
    this.messages = messages;
  }

  /**
   * Fills a button's menu whenever it is opened.
   *
   * @param now what is on screen, under a name
   * @param show puts a view on screen
   */
  public static void of(
      MenuButton button,
      LookKeeper keeper,
      Function<String, SavedView> now,
      Consumer<SavedView> show,
      Messages messages) {
    ViewsMenu menu = new ViewsMenu(button, keeper, now, show, messages);
    button.setOnShowing(event -> menu.fill());
    menu.fill();
  }

  private void fill() {
    List<MenuItem> items = new ArrayList<>();
    List<SavedView> views = keeper.look().views();
    for (SavedView view : views) {
      items.add(item(view.name(), () -> show.accept(view)));
    }
    if (views.isEmpty()) {
      MenuItem none = item(messages.get("views.none"), () -> {});
      none.setDisable(true);
      items.add(none);
    }
    items.add(new SeparatorMenuItem());
    items.add(saving());
    if (!views.isEmpty()) {
      Menu delete = new Menu(messages.get("views.delete"));
      delete.setId("deleteView");
      for (SavedView view : views) {
        delete
            .getItems()
            .add(item(view.name(), () -> keeper.change(look -> look.without(view.name()))));
      }
      items.add(delete);
    }
    button.getItems().setAll(items);
  }

  private MenuItem saving() {
    TextField name = new TextField();
    name.setId("viewName");
    name.setPromptText(messages.get("views.save"));
    name.setAccessibleText(messages.get("views.save"));
    name.setPrefColumnCount(18);
    CustomMenuItem item = new CustomMenuItem(name, false);
    item.setId("saveView");
    name.setOnAction(
        event -> {
          String given = name.getText().strip();
          if (!given.isEmpty()) {
            String fitting = given.substring(0, Math.min(given.length(), LONGEST_NAME));
            keeper.change(look -> look.with(now.apply(fitting)));
            button.hide();
          }
        });
    return item;
  }

  private static MenuItem item(String words, Runnable action) {
    MenuItem item = new MenuItem(words);
    // What the admin calls a view is no mnemonic.
    item.setMnemonicParsing(false);
    item.setOnAction(event -> action.run());
    return item;
  }
}
