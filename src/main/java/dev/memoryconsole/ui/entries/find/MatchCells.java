package dev.memoryconsole.ui.entries.find;

import dev.memoryconsole.ui.common.table.Cells;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableColumn;

/** Cells that mark what is searched for. */
public final class MatchCells {
  private static final int SEEN = 60;

  private MatchCells() {}

  /**
   * A column of text that may be longer than the cell.
   *
   * @param line the beginning of a row's text on one line
   * @param full the whole text, of which that part is shown that is searched for
   * @param phrases what is searched for now
   */
  public static <T> void longText(
      TableColumn<T, T> column,
      Function<T, String> line,
      Function<T, String> full,
      Supplier<List<String>> phrases) {
    Cells.draw(
        column,
        (cell, row) -> {
          String words = words(line.apply(row), full.apply(row), phrases.get());
          if (Matches.in(words, phrases.get()).isEmpty()) {
            cell.setText(words);
          } else {
            MatchLine marked = new MatchLine(words, phrases.get());
            marked.setPrefWidth(0);
            marked.prefWidthProperty().bind(column.widthProperty().subtract(17));
            cell.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            cell.setGraphic(marked);
            cell.setAccessibleText(words);
          }
          Cells.tooltip(cell, full.apply(row));
        });
  }

  private static String words(String line, String full, List<String> phrases) {
    String further = Matches.in(line, phrases).isEmpty() ? Matches.around(full, phrases, SEEN) : "";
    return further.isEmpty() ? Matches.excerpt(line, phrases, SEEN) : further;
  }
}
