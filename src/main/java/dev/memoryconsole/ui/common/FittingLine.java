package dev.memoryconsole.ui.common;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.collections.ListChangeListener;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * A line that never asks for more room than there is, whatever the size of the text. Where there is
 * too little, children with a rank give way, the highest rank first; then all but buttons are cut
 * short. A child that grows takes what is left.
 */
public final class FittingLine extends NarrowLine {
  private static final String RANK = "fitting-line-rank";

  /** Empty. */
  public FittingLine() {
    getChildren()
        .addListener(
            (ListChangeListener<Node>)
                change -> {
                  while (change.next()) {
                    // Whoever shows a child again does not know that there is no room for it.
                    change
                        .getAddedSubList()
                        .forEach(
                            child -> child.visibleProperty().addListener(value -> requestLayout()));
                  }
                });
  }

  /** Has a child give way before those of lower rank; null for never. */
  public static void setRank(Node child, @Nullable Integer rank) {
    child.getProperties().put(RANK, rank);
  }

  /** A child's rank; null if it never gives way. */
  public static @Nullable Integer getRank(Node child) {
    return (Integer) child.getProperties().get(RANK);
  }

  @Override
  double contentHeight(double room) {
    double highest = 0;
    for (Node child : getManagedChildren()) {
      highest = Math.max(highest, child.prefHeight(-1));
    }
    return highest;
  }

  @Override
  protected void layoutChildren() {
    Insets insets = getInsets();
    double room = room(getWidth());
    List<Node> there = fitting(getManagedChildren(), room);
    double[] widths = there.stream().mapToDouble(FittingLine::wish).toArray();
    double left = room - sum(widths) - gaps(there);
    if (left < 0) {
      cutShort(there, widths, -left);
    } else {
      grow(there, widths, left);
    }
    double height = getHeight() - insets.getTop() - insets.getBottom();
    double x = insets.getLeft();
    for (int i = 0; i < widths.length; i++) {
      layoutInArea(there.get(i), x, insets.getTop(), widths[i], height, 0, HPos.LEFT, VPos.CENTER);
      x += widths[i] + getSpacing();
    }
  }

  private List<Node> fitting(List<Node> children, double room) {
    List<Node> ranked = new ArrayList<>(children);
    ranked.removeIf(child -> getRank(child) == null);
    ranked.sort(Comparator.comparingInt(FittingLine::rankOf));
    List<Node> there = new ArrayList<>(children);
    there.removeAll(ranked);
    double used = there.stream().mapToDouble(FittingLine::wish).sum() + gaps(there);
    Set<Node> fits = new HashSet<>(there);
    boolean full = false;
    for (Node child : ranked) {
      used += wish(child) + getSpacing();
      full |= used > room;
      child.setVisible(!full);
      if (!full) {
        fits.add(child);
      }
    }
    return children.stream().filter(fits::contains).toList();
  }

  private static int rankOf(Node child) {
    Integer rank = getRank(child);
    return rank == null ? 0 : rank;
  }

  private static void cutShort(List<Node> there, double[] widths, double missing) {
    double most = 0;
    for (int i = 0; i < widths.length; i++) {
      most += spare(there.get(i), widths[i]);
    }
    double part = most == 0 ? 0 : Math.min(1, missing / most);
    for (int i = 0; i < widths.length; i++) {
      widths[i] -= part * spare(there.get(i), widths[i]);
    }
  }

  /** What a child can do without; a button nothing, because it says what can be done. */
  private static double spare(Node child, double width) {
    return child instanceof Button ? 0 : Math.max(0, width - child.minWidth(-1));
  }

  private static void grow(List<Node> there, double[] widths, double left) {
    for (int i = 0; i < widths.length; i++) {
      if (grows(there.get(i))) {
        widths[i] += left;
        return;
      }
    }
  }

  private double gaps(List<Node> there) {
    return getSpacing() * Math.max(0, there.size() - 1);
  }

  private static double sum(double[] widths) {
    double sum = 0;
    for (double width : widths) {
      sum += width;
    }
    return sum;
  }

  private static double wish(Node child) {
    double most = child instanceof Region region ? region.getMaxWidth() : -1;
    double wish = Math.max(child.minWidth(-1), child.prefWidth(-1));
    return Math.ceil(most > 0 ? Math.min(most, wish) : wish);
  }
}
