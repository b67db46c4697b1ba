package dev.memoryconsole.ui.about;

import dev.memoryconsole.about.Build;
import dev.memoryconsole.about.ThirdParty;
import dev.memoryconsole.ui.common.AppIcon;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.text.Messages;
import javafx.fxml.FXML;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.ImageView;
import javafx.scene.layout.GridPane;
import org.kordamp.ikonli.feather.Feather;

/** Binds what is told about the program to its view model. */
public final class AboutController {
  private final AboutViewModel model;
  private final Messages messages;

  @FXML private Node root;
  @FXML private Button close;
  @FXML private ImageView icon;
  @FXML private Label version;
  @FXML private Label commit;
  @FXML private Label java;
  @FXML private Label inside;
  @FXML private ScrollPane scroll;
  @FXML private GridPane parts;

  /** Called by the loader. */
  AboutController(AboutViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    icon.setImage(AppIcon.image());
    close.setGraphic(Icons.of(Feather.X));
    Icons.name(close, messages.get("about.close"));
    Overlay.follow(root, model.facts(), this::show, model::close);
  }

  private void show(AboutViewModel.Facts facts) {
    Build build = facts.build();
    version.setText(Build.NAME + " " + build.version());
    commit.setText(
        build
            .commit()
            .map(id -> messages.get("about.commit", id, build.date().orElse("")))
            .orElse(messages.get("about.noCommit")));
    java.setText(messages.get("about.java", facts.java(), facts.javafx()));
    inside.setText(messages.get(facts.inside().isEmpty() ? "about.insideUnknown" : "about.inside"));
    parts.getChildren().clear();
    facts.inside().forEach(this::add);
    scroll.setVvalue(0);
    scroll.requestFocus();
  }

  private void add(ThirdParty part) {
    Label name = new Label(part.name());
    name.setWrapText(true);
    Label licences = new Label(part.licences());
    licences.getStyleClass().add("muted");
    licences.setWrapText(true);
    GridPane.setValignment(name, VPos.TOP);
    GridPane.setValignment(licences, VPos.TOP);
    parts.addRow(parts.getRowCount(), name, licences);
  }

  @FXML
  void close() {
    model.close();
  }
}
