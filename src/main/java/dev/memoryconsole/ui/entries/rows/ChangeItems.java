package dev.memoryconsole.ui.entries.rows;

import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendField;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/**
 * What can be changed in memories, as entries of menus and as commands. Each leads to a preview.
 */
public final class ChangeItems {
  private static final FieldChanges NOTHING = new FieldChanges(Map.of());
  private static final FieldChanges ARCHIVED = state("archived");
  private static final FieldChanges CONFIRMED = state("confirmed");

  private ChangeItems() {}

  private static FieldChanges state(String value) {
    return new FieldChanges(Map.of(MendField.STATE, value));
  }

  /** The entries for these memories. */
  static List<MenuItem> of(Targets targets, RowActions actions, Messages messages) {
    long count = targets.count();
    return List.of(
        item(
            "changeArchive",
            messages.get("change.archive", count),
            () -> actions.change(targets, ARCHIVED)),
        item(
            "changeConfirm",
            messages.get("change.confirm", count),
            () -> actions.change(targets, CONFIRMED)),
        item(
            "changeFields",
            messages.get("change.fields", count),
            () -> actions.change(targets, NOTHING)),
        item("changeDelete", messages.get("change.delete", count), () -> actions.delete(targets)));
  }

  /** Fills a menu whenever it is opened: with what is chosen, or current, and with all. */
  public static void fill(MenuButton menu, Rows rows, RowActions actions, Messages messages) {
    menu.setOnShowing(event -> menu.getItems().setAll(all(rows, actions, messages)));
    // A menu without any item is not shown at all.
    menu.getItems().add(new MenuItem());
  }

  private static List<MenuItem> all(Rows rows, RowActions actions, Messages messages) {
    Targets targets = Targets.ofKeyboard(rows);
    List<MenuItem> items = new ArrayList<>(of(targets, actions, messages));
    items.forEach(item -> item.setDisable(targets.count() == 0));
    items.add(new SeparatorMenuItem());
    MenuItem matching =
        item(
            "changeMatching",
            messages.get("change.matching", rows.matching()),
            () -> actions.change(Targets.matching(rows), NOTHING));
    matching.setDisable(rows.matching() == 0);
    items.add(matching);
    return items;
  }

  /** The same as commands. */
  public static List<Command> commands(Rows rows, RowActions actions, Messages messages) {
    return List.of(
        command(
            messages.get("change.command.archive"),
            rows,
            targets -> actions.change(targets, ARCHIVED)),
        command(
            messages.get("change.command.confirm"),
            rows,
            targets -> actions.change(targets, CONFIRMED)),
        command(
            messages.get("change.command.fields"),
            rows,
            targets -> actions.change(targets, NOTHING)),
        command(messages.get("change.command.delete"), rows, actions::delete),
        new Command(
            Command.Kind.ACTION,
            messages.get("change.command.matching"),
            null,
            () -> rows.matching() > 0,
            () -> actions.change(Targets.matching(rows), NOTHING)));
  }

  private static Command command(String name, Rows rows, Consumer<Targets> action) {
    return new Command(
        Command.Kind.ACTION,
        name,
        null,
        () -> Targets.ofKeyboard(rows).count() > 0,
        () -> action.accept(Targets.ofKeyboard(rows)));
  }

  private static MenuItem item(String id, String words, Runnable action) {
    MenuItem item = new MenuItem(words);
    item.setId(id);
    item.setOnAction(event -> action.run());
    return item;
  }
}
