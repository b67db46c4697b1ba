package dev.memoryconsole.ui.common.table;

import java.util.List;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.text.Font;

/** Columns as wide as their words need, whatever the size of the text. */
public final class TextSizedColumns {
  /** The size of text that widths in forms are meant for, in pixels. */
  private static final double USUAL = 13;

  private TextSizedColumns() {}

  private record Widths(TableColumn<?, ?> column, double min, double wished, double max) {
    static Widths of(TableColumn<?, ?> column) {
      return new Widths(column, column.getMinWidth(), column.getPrefWidth(), column.getMaxWidth());
    }

    void scale(double by) {
      column.setMaxWidth(Math.max(max, max * by));
      column.setMinWidth(min * by);
      column.setPrefWidth(wished * by);
      column.setMaxWidth(max * by);
    }
  }

  /** Has the widths of a table's columns, as they are now, follow the size of its text. */
  public static void install(TableView<?> table) {
    List<Widths> widths = table.getColumns().stream().map(Widths::of).toList();
    table.skinProperty().addListener(value -> Platform.runLater(() -> follow(table, widths)));
  }

  private static void follow(TableView<?> table, List<Widths> widths) {
    if (table.lookup(".column-header .label") instanceof Label head) {
      head.fontProperty().addListener((value, before, now) -> scale(widths, now));
      scale(widths, head.getFont());
    }
  }

  private static void scale(List<Widths> widths, Font font) {
    double by = font.getSize() / USUAL;
    widths.forEach(column -> column.scale(by));
  }
}
