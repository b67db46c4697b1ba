package dev.memoryconsole.ui.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableDoubleValue;
import javafx.scene.Node;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/**
 * A form with two fields a line, which has one where there is no room for two: in a narrow window,
 * or in large text. User interface's thread only.
 */
final class FoldedForm {
  private static final int COLUMNS_OF_ONE = 2;
  // Of the page around it, left and right.
  private static final double PADDING = 48;

  private record Place(int row, int column, int span) {}

  private final GridPane grid;
  private final List<ColumnConstraints> columns;
  private final Map<Node, Place> places = new HashMap<>();
  private boolean folded;

  private FoldedForm(GridPane grid) {
    this.grid = grid;
    this.columns = List.copyOf(grid.getColumnConstraints());
    for (Node child : grid.getChildren()) {
      Integer row = GridPane.getRowIndex(child);
      Integer column = GridPane.getColumnIndex(child);
      Integer span = GridPane.getColumnSpan(child);
      places.put(
          child,
          new Place(row == null ? 0 : row, column == null ? 0 : column, span == null ? 1 : span));
    }
  }

  /** Folds all forms below a node whenever the width is not enough for them. */
  static void follow(Node page, ObservableDoubleValue width) {
    for (Node found : page.lookupAll(".settings-grid")) {
      if (found instanceof GridPane grid
          && grid.getColumnConstraints().size() == 2 * COLUMNS_OF_ONE) {
        FoldedForm form = new FoldedForm(grid);
        width.addListener(value -> form.fit(width.get()));
      }
    }
  }

  private void fit(double width) {
    double wanted = columns.stream().mapToDouble(ColumnConstraints::getPrefWidth).sum();
    boolean narrow = width > 0 && width < wanted + 3 * grid.getHgap() + PADDING;
    if (narrow != folded) {
      folded = narrow;
      grid.getColumnConstraints().setAll(narrow ? columns.subList(0, COLUMNS_OF_ONE) : columns);
      places.forEach(this::put);
    }
  }

  private void put(Node child, Place place) {
    boolean second = folded && place.column() >= COLUMNS_OF_ONE;
    GridPane.setRowIndex(
        child, folded ? COLUMNS_OF_ONE * place.row() + (second ? 1 : 0) : place.row());
    int column = second ? place.column() - COLUMNS_OF_ONE : place.column();
    GridPane.setColumnIndex(child, column);
    GridPane.setColumnSpan(
        child, folded ? Math.min(place.span(), COLUMNS_OF_ONE - column) : place.span());
  }
}
