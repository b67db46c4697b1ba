package dev.memoryconsole.ui.common.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * Gives one column all the width that the others leave, and hides the least important ones while
 * there is not enough for it.
 */
public final class ColumnFit<T> {
  private static final double SCROLL_BAR = 18;
  // What is least of the table's width for the column that everything else is about.
  private static final double LEAST_PART = 0.36;

  private final TableView<T> table;
  private final TableColumn<T, ?> stretched;
  private final double enough;
  private final List<TableColumn<T, ?>> hideable;
  private final Set<TableColumn<T, ?>> unwanted = new HashSet<>();
  private Runnable onWant = () -> {};

  /**
   * @param enough the width below which other columns give way; in a wide table they do so before
   * @param hideable the columns that may go, the first to go first
   */
  public ColumnFit(
      TableView<T> table,
      TableColumn<T, ?> stretched,
      double enough,
      List<TableColumn<T, ?>> hideable) {
    this.table = table;
    this.stretched = stretched;
    this.enough = enough;
    this.hideable = List.copyOf(hideable);
    table.widthProperty().addListener(value -> fit());
    for (TableColumn<T, ?> column : table.getColumns()) {
      if (!column.equals(stretched)) {
        column.widthProperty().addListener(value -> stretch());
      }
    }
  }

  /** The columns that may be hidden. */
  public List<TableColumn<T, ?>> hideable() {
    return hideable;
  }

  /** Shows or hides a column for good. */
  public void want(TableColumn<T, ?> column, boolean wanted) {
    if (wanted ? unwanted.remove(column) : unwanted.add(column)) {
      fit();
      onWant.run();
    }
  }

  /** Whether a column is shown where there is room for it. */
  public boolean isWanted(TableColumn<T, ?> column) {
    return !unwanted.contains(column);
  }

  /** Whether a column takes what the others leave. */
  public boolean isStretched(TableColumn<T, ?> column) {
    return column.equals(stretched);
  }

  /** Calls this whenever a column is shown or hidden for good. */
  public void onWant(Runnable action) {
    onWant = action;
  }

  private void fit() {
    List<TableColumn<T, ?>> shown = new ArrayList<>(table.getColumns());
    shown.removeAll(unwanted);
    double least = Math.max(enough, LEAST_PART * table.getWidth());
    for (TableColumn<T, ?> column : hideable) {
      if (left(shown) >= least) {
        break;
      }
      shown.remove(column);
    }
    for (TableColumn<T, ?> column : hideable) {
      column.setVisible(shown.contains(column));
    }
    stretch();
  }

  private void stretch() {
    List<TableColumn<T, ?>> shown =
        table.getColumns().stream().filter(TableColumn::isVisible).toList();
    stretched.setPrefWidth(Math.max(stretched.getMinWidth(), left(shown)));
  }

  private double left(List<TableColumn<T, ?>> shown) {
    double others =
        shown.stream()
            .filter(column -> !column.equals(stretched))
            .mapToDouble(TableColumn::getWidth)
            .sum();
    return table.getWidth() - others - SCROLL_BAR;
  }
}
