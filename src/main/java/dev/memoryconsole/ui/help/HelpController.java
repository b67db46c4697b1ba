package dev.memoryconsole.ui.help;

import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Reveal;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import java.util.List;
import java.util.Map;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.GridPane;
import org.kordamp.ikonli.feather.Feather;

/** Binds the help to its view model. */
public final class HelpController {
  private final HelpViewModel model;
  private final Messages messages;

  @FXML private Node root;
  @FXML private Label title;
  @FXML private Button close;
  @FXML private ScrollPane scroll;

  private Map<String, Node> places = Map.of();

  /** Called by the loader. */
  public HelpController(HelpViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    close.setGraphic(Icons.of(Feather.X));
    Icons.name(close, messages.get("help.close"));
    Overlay.follow(root, model.topic(), this::show, model::close);
  }

  private void show(HelpViewModel.Topic topic) {
    switch (topic) {
      case HelpViewModel.Topic.TheGuide(String markdown, String chapter) -> {
        title.setText(messages.get("help.guide"));
        MarkdownView view = MarkdownView.of(markdown, this::go);
        scroll.setContent(view.page());
        places = view.places();
        go(chapter);
      }
      case HelpViewModel.Topic.Keys(List<Command> commands) -> {
        title.setText(messages.get("help.keys"));
        scroll.setContent(keys(commands));
        scroll.setVvalue(0);
      }
    }
    scroll.requestFocus();
  }

  /** Scrolls to a place, or to the beginning where there is none of that name. */
  private void go(String place) {
    Node at = places.get(place);
    if (at == null) {
      scroll.setVvalue(0);
    } else {
      Reveal.atTop(scroll, at);
    }
  }

  private Node keys(List<Command> commands) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("help-keys");
    commands.forEach(command -> line(grid, command.keyWords(), command.name()));
    line(grid, name(KeyCode.TAB), messages.get("keys.tab"));
    line(grid, name(KeyCode.ESCAPE), messages.get("keys.escape"));
    line(grid, name(KeyCode.SPACE), messages.get("keys.choose"));
    line(
        grid,
        new KeyCodeCombination(KeyCode.DOWN, KeyCombination.SHIFT_DOWN).getDisplayText(),
        messages.get("keys.chooseNext"));
    line(grid, Command.ctrl(KeyCode.A).getDisplayText(), messages.get("keys.chooseAll"));
    line(grid, name(KeyCode.ENTER), messages.get("keys.details"));
    line(grid, alt(KeyCode.DOWN), messages.get("keys.nextMemory"));
    line(grid, alt(KeyCode.LEFT), messages.get("keys.back"));
    line(grid, name(KeyCode.F7), messages.get("keys.nextChange"));
    return grid;
  }

  private static String alt(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.ALT_DOWN).getDisplayText();
  }

  private static String name(KeyCode code) {
    return new KeyCodeCombination(code).getDisplayText();
  }

  private static void line(GridPane grid, String key, String words) {
    Label keyLabel = new Label(key);
    keyLabel.getStyleClass().add("key");
    keyLabel.setMinWidth(Label.USE_PREF_SIZE);
    Label wordsLabel = new Label(words);
    wordsLabel.setWrapText(true);
    grid.addRow(grid.getRowCount(), keyLabel, wordsLabel);
  }

  @FXML
  void close() {
    model.close();
  }
}
