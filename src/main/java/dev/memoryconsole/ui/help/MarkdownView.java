package dev.memoryconsole.ui.help;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/**
 * Draws what the guide uses of Markdown: headings, paragraphs, lists, tables, code, bold and links,
 * of which only the words are shown. User interface's thread only.
 */
final class MarkdownView {
  private static final Pattern INLINE =
      Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|!?\\[([^\\]]*)\\]\\([^)]*\\)");
  private static final Pattern HEADING = Pattern.compile("(#{1,4}) +(.*)");
  private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*]|\\d+\\.) +(.*)");
  private static final Pattern RULE = Pattern.compile("\\|?[ :|-]+\\|[ :|-]*");

  private final VBox page = new VBox();
  private final List<String> paragraph = new ArrayList<>();
  private final List<List<String>> table = new ArrayList<>();
  private final List<String> code = new ArrayList<>();
  private boolean inItem;
  private boolean inCode;

  private MarkdownView() {}

  /** The whole text. */
  static VBox of(String markdown) {
    MarkdownView view = new MarkdownView();
    view.page.getStyleClass().add("help-page");
    markdown.lines().forEach(view::line);
    view.flush();
    return view.page;
  }

  private void line(String line) {
    if (line.startsWith("```")) {
      flush();
      inCode = !inCode;
      return;
    }
    if (inCode) {
      code.add(line);
      return;
    }
    Matcher heading = HEADING.matcher(line);
    Matcher item = ITEM.matcher(line);
    if (heading.matches()) {
      flush();
      // The panel has the title already.
      if (heading.group(1).length() > 1) {
        Label label = new Label(plain(heading.group(2)));
        label.setWrapText(true);
        label.getStyleClass().add("help-heading");
        page.getChildren().add(label);
      }
    } else if (line.startsWith("|")) {
      if (!RULE.matcher(line).matches()) {
        table.add(cells(line));
      }
    } else if (item.matches()) {
      flush();
      inItem = true;
      paragraph.add(item.group(1));
    } else if (line.isBlank()) {
      flush();
    } else {
      paragraph.add(line.strip());
    }
  }

  private void flush() {
    if (!paragraph.isEmpty()) {
      TextFlow flow = flow((inItem ? "•  " : "") + String.join(" ", paragraph));
      flow.getStyleClass().add(inItem ? "help-item" : "help-paragraph");
      page.getChildren().add(flow);
      paragraph.clear();
    }
    if (!table.isEmpty()) {
      page.getChildren().add(grid());
      table.clear();
    }
    if (!code.isEmpty()) {
      Label block = new Label(String.join("\n", code));
      block.getStyleClass().addAll("mono", "help-code");
      block.setWrapText(true);
      page.getChildren().add(block);
      code.clear();
    }
    inItem = false;
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceAll("^\\||\\|$", "");
    return List.of(inner.split("(?<!\\\\)\\|")).stream()
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }

  private Node grid() {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("help-table");
    int columns = table.stream().mapToInt(List::size).max().orElse(1);
    for (int column = 0; column < columns; column++) {
      ColumnConstraints constraints = new ColumnConstraints();
      constraints.setPercentWidth(column == 0 ? 36 : 64.0 / Math.max(1, columns - 1));
      grid.getColumnConstraints().add(constraints);
    }
    for (int row = 0; row < table.size(); row++) {
      for (int column = 0; column < table.get(row).size(); column++) {
        String cell = table.get(row).get(column);
        grid.add(flow(row == 0 ? "**" + cell + "**" : cell), column, row);
      }
    }
    return grid;
  }

  private static TextFlow flow(String words) {
    TextFlow flow = new TextFlow();
    Matcher part = INLINE.matcher(words);
    int from = 0;
    while (part.find()) {
      add(flow, words.substring(from, part.start()), "help-text");
      if (part.group(1) != null) {
        add(flow, part.group(1), "help-mono");
      } else if (part.group(2) != null) {
        add(flow, part.group(2), "help-bold");
      } else {
        add(flow, part.group(3), "help-text");
      }
      from = part.end();
    }
    add(flow, words.substring(from), "help-text");
    return flow;
  }

  private static void add(TextFlow flow, String words, String style) {
    if (!words.isEmpty()) {
      Text text = new Text(words);
      text.getStyleClass().add(style);
      flow.getChildren().add(text);
    }
  }

  private static String plain(String words) {
    return INLINE
        .matcher(words)
        .replaceAll(
            part ->
                Matcher.quoteReplacement(
                    part.group(1) != null
                        ? part.group(1)
                        : part.group(2) != null ? part.group(2) : part.group(3)));
  }
}
