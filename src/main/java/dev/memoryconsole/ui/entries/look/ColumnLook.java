package dev.memoryconsole.ui.entries.look;

import dev.memoryconsole.settings.look.TableLook;
import dev.memoryconsole.ui.common.table.ColumnFit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.Observable;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** How the columns of a table are arranged. User interface's thread only. */
public final class ColumnLook<T> {
  private final TableView<T> table;
  private final ColumnFit<T> fit;

  /** Of a table whose columns have ids. */
  public ColumnLook(TableView<T> table, ColumnFit<T> fit) {
    this.table = table;
    this.fit = fit;
  }

  /** Calls this whenever the admin may have arranged them anew. */
  public void onChange(Runnable changed) {
    table.getColumns().addListener((Observable any) -> changed.run());
    table.getColumns().forEach(column -> column.widthProperty().addListener(any -> changed.run()));
    fit.onWant(changed);
  }

  /** How they are arranged now. */
  public TableLook now() {
    Map<String, Double> widths = new HashMap<>();
    Set<String> hidden = new HashSet<>();
    for (TableColumn<T, ?> column : table.getColumns()) {
      if (column.isResizable() && !fit.isStretched(column)) {
        widths.put(column.getId(), column.getWidth());
      }
      if (!fit.isWanted(column)) {
        hidden.add(column.getId());
      }
    }
    return new TableLook(
        table.getColumns().stream().map(TableColumn::getId).toList(), widths, hidden);
  }

  /** Arranges them. */
  public void apply(TableLook look) {
    List<TableColumn<T, ?>> columns = new ArrayList<>(table.getColumns());
    // A stable sort: columns that a file does not name stay behind.
    columns.sort(
        Comparator.comparingInt(
            column -> {
              int place = look.order().indexOf(column.getId());
              return !column.isReorderable() ? -1 : place < 0 ? Integer.MAX_VALUE : place;
            }));
    if (!look.order().isEmpty() && !columns.equals(table.getColumns())) {
      table.getColumns().setAll(columns);
    }
    for (TableColumn<T, ?> column : columns) {
      Double width = look.widths().get(column.getId());
      if (width != null && width >= column.getMinWidth() && width <= 2_000) {
        column.setPrefWidth(width);
      }
      fit.want(column, !look.hidden().contains(column.getId()));
    }
  }
}
