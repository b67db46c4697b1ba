package dev.memoryconsole.ui.common;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;

/**
 * A line that goes on below where there is too little room for it, so that nothing in it leaves the
 * window, whatever the size of the text. In each row those that grow share what is left. A child
 * that is wider than a whole row is cut short.
 */
public final class WrappingLine extends NarrowLine {
  private static final class Row {
    private final List<Node> nodes;
    private final double[] widths;
    private final double left;
    private final double height;

    Row(List<Node> nodes, double[] widths, double left, double height) {
      this.nodes = nodes;
      this.widths = widths;
      this.left = left;
      this.height = height;
    }
  }

  /** Empty. */
  public WrappingLine() {}

  @Override
  double contentHeight(double room) {
    List<Row> rows = rows(room);
    double height = getSpacing() * Math.max(0, rows.size() - 1);
    for (Row row : rows) {
      height += row.height;
    }
    return height;
  }

  @Override
  protected void layoutChildren() {
    Insets insets = getInsets();
    double room = room(getWidth());
    double y = insets.getTop();
    for (Row row : rows(room)) {
      double x = insets.getLeft() + (isAtTheRight(getAlignment()) ? row.left : 0);
      for (int i = 0; i < row.widths.length; i++) {
        Node node = row.nodes.get(i);
        double width = row.widths[i];
        layoutInArea(node, x, y, width, row.height, 0, HPos.LEFT, VPos.CENTER);
        x += width + getSpacing();
      }
      y += row.height + getSpacing();
    }
  }

  private static boolean isAtTheRight(Pos alignment) {
    return alignment.getHpos() == HPos.RIGHT;
  }

  private List<Row> rows(double room) {
    List<Row> rows = new ArrayList<>();
    List<Node> row = new ArrayList<>();
    double used = 0;
    for (Node child : getManagedChildren()) {
      double wish = wish(child, room);
      if (!row.isEmpty() && used + getSpacing() + wish > room) {
        rows.add(row(row, room));
        row = new ArrayList<>();
        used = 0;
      }
      used += wish + (row.isEmpty() ? 0 : getSpacing());
      row.add(child);
    }
    if (!row.isEmpty()) {
      rows.add(row(row, room));
    }
    return rows;
  }

  private Row row(List<Node> nodes, double room) {
    double[] widths = nodes.stream().mapToDouble(node -> wish(node, room)).toArray();
    // Before its height: words that have more room wrap less.
    double left = grow(nodes, widths, room);
    double height = 0;
    for (int i = 0; i < widths.length; i++) {
      height = Math.max(height, nodes.get(i).prefHeight(widths[i]));
    }
    return new Row(nodes, widths, left, snapSizeY(height));
  }

  /** What is left after those that grow have had their parts. */
  private double grow(List<Node> nodes, double[] widths, double room) {
    double left = room - getSpacing() * (widths.length - 1);
    for (double width : widths) {
      left -= width;
    }
    long growing = nodes.stream().filter(NarrowLine::grows).count();
    if (growing == 0) {
      return Math.max(0, left);
    }
    double given = 0;
    long had = 0;
    for (int i = 0; i < widths.length; i++) {
      if (grows(nodes.get(i))) {
        had++;
        double until = Math.floor(Math.max(0, left) * had / growing);
        widths[i] += until - given;
        given = until;
      }
    }
    return 0;
  }

  /** One that grows needs no more than its least, the others what they say. */
  private static double wish(Node child, double room) {
    double least = child.minWidth(-1);
    double wish = grows(child) ? least : Math.max(least, child.prefWidth(-1));
    return Math.ceil(Math.min(room, wish));
  }
}
