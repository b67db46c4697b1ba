package dev.memoryconsole.ui.common;

import dev.memoryconsole.settings.look.Appearance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javafx.beans.property.DoubleProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/**
 * Makes text larger and with it whatever has a size because text is in it: fonts and sizes in the
 * stylesheet, and the sizes that forms and controllers give. Paddings and lines stay.
 */
public final class TextSize {
  private static final URL OURS =
      Objects.requireNonNull(TextSize.class.getResource("/dev/memoryconsole/ui/console.css"));
  // What is said in em follows the size of the text by itself.
  private static final Pattern SIZE =
      Pattern.compile(
          "(-fx-(?:font-size|icon-size|size|fixed-cell-size|(?:min|pref|max)-(?:width|height))"
              + "\\s*:\\s*)(\\d+(?:\\.\\d+)?)(?=px)");
  private static final Map<Integer, String> SHEETS = new ConcurrentHashMap<>();
  // Beyond it is a way of saying that there is no limit: a column's own is 5000.
  private static final double UNLIMITED = 5_000;

  private TextSize() {}

  /** The address of the window's stylesheet for a size of text in per cent. */
  public static String stylesheet(int percent) {
    return percent == Appearance.SMALLEST
        ? OURS.toExternalForm()
        : SHEETS.computeIfAbsent(percent, TextSize::magnified);
  }

  private static String magnified(int percent) {
    try (InputStream in = OURS.openStream()) {
      String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      byte[] larger = magnified(css, percent).getBytes(StandardCharsets.UTF_8);
      return "data:text/css;base64," + Base64.getEncoder().encodeToString(larger);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String magnified(String css, int percent) {
    BigDecimal factor = BigDecimal.valueOf(percent).movePointLeft(2);
    return SIZE.matcher(css)
        .replaceAll(
            size -> size.group(1) + new BigDecimal(size.group(2)).multiply(factor).toPlainString());
  }

  /** Makes all below a node larger, once, before it is shown for the first time. */
  public static void magnify(Parent root, int percent) {
    if (percent != Appearance.SMALLEST) {
      magnifyNode(root, percent / 100.0);
    }
  }

  private static void magnifyNode(Node node, double factor) {
    if (node instanceof Region region) {
      magnifySizes(
          List.of(
              region.minWidthProperty(),
              region.prefWidthProperty(),
              region.maxWidthProperty(),
              region.minHeightProperty(),
              region.prefHeightProperty(),
              region.maxHeightProperty()),
          factor);
    }
    switch (node) {
      case TableView<?> table -> {
        magnifySizes(List.of(table.fixedCellSizeProperty()), factor);
        table.getColumns().forEach(column -> magnifyColumn(column, factor));
      }
      case ListView<?> list -> magnifySizes(List.of(list.fixedCellSizeProperty()), factor);
      case GridPane grid -> {
        grid.getColumnConstraints().forEach(column -> magnifyColumn(column, factor));
        magnifyContents(grid, factor);
      }
      default -> magnifyContents(node, factor);
    }
  }

  private static void magnifyContents(Node node, double factor) {
    Contents.of(node).forEach(inside -> magnifyNode(inside, factor));
  }

  private static void magnifyColumn(TableColumnBase<?, ?> column, double factor) {
    boolean fixed = column.getMaxWidth() < UNLIMITED;
    if (fixed) {
      column.setMaxWidth(column.getMaxWidth() * factor);
    }
    column.setPrefWidth(column.getPrefWidth() * factor);
    column.setMinWidth(column.getMinWidth() * factor);
  }

  private static void magnifyColumn(ColumnConstraints column, double factor) {
    magnifySizes(
        List.of(column.minWidthProperty(), column.prefWidthProperty(), column.maxWidthProperty()),
        factor);
  }

  private static void magnifySizes(List<DoubleProperty> sizes, double factor) {
    for (DoubleProperty size : sizes) {
      // Below zero stands for what is computed.
      if (size.get() > 0 && size.get() < UNLIMITED && !size.isBound()) {
        size.set(size.get() * factor);
      }
    }
  }
}
