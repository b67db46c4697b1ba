package dev.memoryconsole.ui.palette;

import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Binds the palette to its view model. */
public final class PaletteController {
  private final PaletteViewModel model;
  private final Messages messages;

  @FXML private Node root;
  @FXML private TextField typed;
  @FXML private ListView<Command> found;
  @FXML private Label nothing;

  /** Called by the loader. */
  public PaletteController(PaletteViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    Overlay.follow(
        root,
        model.shown(),
        all -> {
          typed.clear();
          typed.requestFocus();
          chooseFirst();
        },
        model::close);
    typed
        .textProperty()
        .addListener(
            (value, before, now) -> {
              model.type(now);
              chooseFirst();
            });
    typed.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    root.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> model.close());
    found.setItems(model.found());
    found.setCellFactory(list -> new Cell());
    nothing.visibleProperty().bind(Bindings.isEmpty(model.found()));
  }

  private void chooseFirst() {
    found.getSelectionModel().selectFirst();
    found.scrollTo(0);
  }

  /** The list is walked through while one types. */
  private void keyPressed(KeyEvent event) {
    int at = found.getSelectionModel().getSelectedIndex();
    switch (event.getCode()) {
      case DOWN -> choose(at + 1);
      case UP -> choose(at - 1);
      case ENTER -> run(found.getSelectionModel().getSelectedItem());
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void choose(int index) {
    if (index >= 0 && index < found.getItems().size()) {
      found.getSelectionModel().clearAndSelect(index);
      found.scrollTo(Math.max(0, index - 3));
    }
  }

  private void run(@Nullable Command chosen) {
    if (chosen != null) {
      model.run(chosen);
    }
  }

  private final class Cell extends ListCell<Command> {
    private final Label name = new Label();
    private final Label kind = new Label();
    private final Label key = new Label();
    private final HBox line;

    Cell() {
      Region space = new Region();
      HBox.setHgrow(space, Priority.ALWAYS);
      kind.getStyleClass().add("muted");
      key.getStyleClass().add("key");
      kind.setMinWidth(Region.USE_PREF_SIZE);
      key.setMinWidth(Region.USE_PREF_SIZE);
      line = new HBox(name, space, kind, key);
      line.getStyleClass().add("palette-line");
      setOnMouseClicked(event -> run(getItem()));
    }

    @Override
    protected void updateItem(@Nullable Command command, boolean empty) {
      super.updateItem(command, empty);
      if (empty || command == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      name.setText(command.name());
      kind.setText(
          messages.get(
              switch (command.kind()) {
                case ACTION -> "palette.action";
                case SCREEN -> "palette.screen";
                case STORE -> "palette.store";
                case SETTING -> "palette.setting";
              }));
      key.setText(command.keyWords());
      key.setVisible(!key.getText().isEmpty());
      key.setManaged(key.isVisible());
      setGraphic(line);
      setAccessibleText(String.join(" ", name.getText(), kind.getText(), key.getText()).strip());
    }
  }
}
