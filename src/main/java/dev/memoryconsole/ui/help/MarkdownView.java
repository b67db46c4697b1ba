package dev.memoryconsole.ui.help;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/**
 * Draws what the guide uses of Markdown: headings, paragraphs, lists, tables, code, bold and links.
 * Links within the guide can be followed; of others, and of pictures, only the words are shown.
 * User interface's thread only.
 */
final class MarkdownView {
  private static final Pattern INLINE =
      Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|!?\\[([^\\]]*)\\]\\(([^)]*)\\)");
  private static final Pattern HEADING = Pattern.compile("(#{1,4}) +(.*)");
  private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*]|\\d+\\.) +(.*)");
  private static final Pattern RULE = Pattern.compile("\\|?[ :|-]+\\|[ :|-]*");

  private static final Pattern PLACE = Pattern.compile("<a id=\"([^\"]+)\"></a>");

  private final Consumer<String> follow;
  private final VBox page = new VBox();
  private final Map<String, Node> places = new HashMap<>();
  private @Nullable String nextPlace;
  private final List<String> paragraph = new ArrayList<>();
  private final List<List<String>> table = new ArrayList<>();
  private final List<String> code = new ArrayList<>();
  private boolean inItem;
  private boolean inCode;

  private MarkdownView(Consumer<String> follow) {
    this.follow = follow;
  }

  /**
   * The whole text.
   *
   * @param follow told the place that a link within the text leads to
   */
  static MarkdownView of(String markdown, Consumer<String> follow) {
    MarkdownView view = new MarkdownView(follow);
    view.page.getStyleClass().add("help-page");
    markdown.lines().forEach(view::line);
    view.flush();
    return view;
  }

  VBox page() {
    return page;
  }

  /** The headings by the names that links have for them. */
  Map<String, Node> places() {
    return Map.copyOf(places);
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
    if (line.startsWith("![")) {
      return;
    }
    Matcher place = PLACE.matcher(line);
    if (place.matches()) {
      nextPlace = place.group(1);
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
        places.put(nextPlace == null ? place(label.getText()) : nextPlace, label);
      }
      nextPlace = null;
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

  /** The name that GitHub and others give a heading. */
  private static String place(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
        .replace(' ', '-');
  }

  private TextFlow flow(String words) {
    TextFlow flow = new TextFlow();
    int from = 0;
    for (MatchResult part : INLINE.matcher(words).results().toList()) {
      add(flow, words.substring(from, part.start()), "help-text");
      if (part.group(1) != null) {
        add(flow, part.group(1), "help-mono");
      } else if (part.group(2) != null) {
        add(flow, part.group(2), "help-bold");
      } else if (part.group(4).startsWith("#")) {
        Hyperlink link = new Hyperlink(part.group(3));
        link.setOnAction(event -> follow.accept(part.group(4).substring(1)));
        flow.getChildren().add(link);
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
