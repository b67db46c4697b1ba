package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.theme.Styles;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.AppIcon;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.settings.OpenClawController;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What the window shows while no store is open. */
public final class WelcomeController {
  private static final int MOST = 5;

  private final StoreCommands commands;
  private final List<Frame.MenuEntry> openings;
  private final Messages messages;

  @FXML private ImageView icon;
  @FXML private Button open;
  @FXML private Button create;
  @FXML private Button demo;
  @FXML private FlowPane actions;
  @FXML private VBox recentBox;
  @FXML private VBox recent;
  @FXML private OpenClawController openClawController;

  /** Called by the loader. */
  public WelcomeController(
      StoreCommands commands, List<Frame.MenuEntry> openings, Messages messages) {
    this.commands = commands;
    this.openings = openings;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    icon.setImage(AppIcon.image());
    int place = actions.getChildren().indexOf(create);
    for (Frame.MenuEntry way : openings) {
      Button button = new Button(messages.get(way.name()), Icons.of(Feather.SERVER));
      button.setId(way.id().replace("Item", "Welcome"));
      button.setMinWidth(Region.USE_PREF_SIZE);
      button.setOnAction(event -> way.action().run());
      actions.getChildren().add(place++, button);
    }
    commands.recent().addListener((value, before, now) -> show(now));
    show(commands.recent().get());
  }

  /** Tells who shows the settings. */
  void onSettings(Runnable action) {
    openClawController.onModel(action);
  }

  void focusFirst() {
    (recentBox.isVisible() ? open : demo).requestFocus();
  }

  private void show(List<StoreLocation> stores) {
    shown(recentBox, !stores.isEmpty());
    recent.getChildren().clear();
    for (StoreLocation store : stores.subList(0, Math.min(MOST, stores.size()))) {
      Hyperlink link = new Hyperlink(store.toString(), Icons.of(Feather.DATABASE));
      link.setOnAction(event -> commands.open(store));
      recent.getChildren().add(link);
    }
    // Who has opened a store before wants theirs; who has not wants to see what this is.
    boolean first = stores.isEmpty();
    (first ? open : demo).getStyleClass().remove(Styles.ACCENT);
    Button primary = first ? demo : open;
    if (!primary.getStyleClass().contains(Styles.ACCENT)) {
      primary.getStyleClass().add(Styles.ACCENT);
    }
  }

  @FXML
  void open() {
    commands.open();
  }

  @FXML
  void openFolder() {
    commands.openFolder();
  }

  @FXML
  void create() {
    commands.create();
  }

  @FXML
  void demo() {
    commands.demo();
  }
}
