package dev.memoryconsole.ui.common.table;

import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** Cells that all tables share. */
public final class Cells {
  private Cells() {}

  /** A column whose cells are drawn from the whole row. */
  public static <T> void draw(TableColumn<T, T> column, BiConsumer<TableCell<T, T>, T> draw) {
    column.setCellValueFactory(data -> new ReadOnlyObjectWrapper<>(data.getValue()));
    column.setCellFactory(
        any ->
            new TableCell<>() {
              @Override
              protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                setText(null);
                setGraphic(null);
                setTooltip(null);
                if (!empty && item != null) {
                  draw.accept(this, item);
                }
              }
            });
  }

  /** Sets up a table of one line a row, which says nothing where there are none. */
  public static void plain(TableView<?> table) {
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(new Label());
  }

  /** A column of text. */
  public static <T> void text(TableColumn<T, T> column, Function<T, String> words) {
    draw(column, (cell, row) -> cell.setText(words.apply(row)));
  }

  /** A column of numbers, right-aligned. */
  public static <T> void number(TableColumn<T, T> column, Function<T, String> words) {
    column.getStyleClass().add("numeric");
    text(column, words);
  }

  /** A column of text that may be longer than the cell. */
  public static <T> void longText(
      TableColumn<T, T> column, Function<T, String> words, Function<T, String> full) {
    draw(
        column,
        (cell, row) -> {
          cell.setText(words.apply(row));
          tooltip(cell, full.apply(row));
        });
  }

  /** A column of relative times with the exact ones as tooltips. */
  public static <T> void time(
      TableColumn<T, T> column, Times times, Function<T, @Nullable Long> stamp) {
    draw(
        column,
        (cell, row) -> {
          Long at = stamp.apply(row);
          if (at != null) {
            cell.setText(times.relative(at));
            tooltip(cell, times.exact(at));
          }
        });
  }

  /** A column of badges. */
  public static <T> void badge(
      TableColumn<T, T> column, Messages messages, Function<T, Badge> badge) {
    draw(
        column,
        (cell, row) -> {
          Badge shown = badge.apply(row);
          cell.setGraphic(StateBadge.label(shown, messages.get(shown.key())));
        });
  }

  /** A column of badges, some with a word of their own. */
  public static <T> void badge(
      TableColumn<T, T> column,
      Messages messages,
      Function<T, Badge> badge,
      Function<T, String> key) {
    draw(
        column,
        (cell, row) ->
            cell.setGraphic(StateBadge.label(badge.apply(row), messages.get(key.apply(row)))));
  }

  /** Gives a cell a tooltip that wraps. */
  public static void tooltip(TableCell<?, ?> cell, String words) {
    if (words.isEmpty()) {
      return;
    }
    cell.setTooltip(Tips.of(words));
  }
}
