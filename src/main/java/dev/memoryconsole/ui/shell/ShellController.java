package dev.memoryconsole.ui.shell;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Later;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the frame to its view model. */
public final class ShellController {
  private final ShellViewModel model;
  private final StoreCommands commands;
  private final TopBarWork working;
  private final Frame frame;
  private final Consumer<String> showMemory;
  private final Runnable showSettings;
  private final Notices shownNotices;
  private final ThemeSwitcher themes;
  private final Messages messages;

  @FXML private StackPane root;
  @FXML private MenuButton store;
  @FXML private Menu recent;
  @FXML private MenuItem createItem;
  @FXML private MenuItem importItem;
  @FXML private MenuItem exportItem;
  @FXML private Label totals;
  @FXML private HBox work;
  @FXML private Label workText;
  @FXML private Button workCancel;
  @FXML private MenuButton help;
  @FXML private Button theme;
  @FXML private VBox rail;
  @FXML private Parent welcome;
  @FXML private WelcomeController welcomeController;
  @FXML private VBox center;
  @FXML private StackPane content;
  @FXML private VBox notices;
  @FXML private SplitPane panes;
  @FXML private OutcomesController outcomesController;

  private final List<MenuItem> panelItems = new ArrayList<>();
  private @Nullable Rail places;

  /** Called by the loader. */
  public ShellController(
      ShellViewModel model,
      StoreCommands commands,
      TopBarWork working,
      Frame frame,
      Consumer<String> showMemory,
      Runnable showSettings,
      Notices notices,
      ThemeSwitcher themes,
      Messages messages) {
    this.model = model;
    this.commands = commands;
    this.working = working;
    this.frame = frame;
    this.showMemory = showMemory;
    this.showSettings = showSettings;
    this.shownNotices = notices;
    this.themes = themes;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    welcomeController.onSettings(showSettings);
    places = new Rail(rail, messages, frame.screens(), this::go);
    addScreens();
    help.setGraphic(Icons.of(Feather.HELP_CIRCLE));
    Icons.name(help, messages.get("shell.help"));
    Icons.name(workCancel, messages.get("work.cancel"));
    workCancel.setGraphic(Icons.of(Feather.X));
    frame
        .current()
        .addListener(
            value -> {
              outcomesController.giveWay();
              show();
            });
    model
        .session()
        .upgrades()
        .addListener(
            value -> {
              show();
              frame.screens().getFirst().focus().run();
            });
    outcomesController.onShow(showMemory);
    outcomesController.lieIn(panes, center, this::focusScreen);
    model.session().totals().addListener(value -> show());
    model.estimated().addListener(value -> show());
    themes.theme().addListener(value -> showTheme());
    showTheme();
    commands.recent().addListener((value, before, now) -> showRecent(now));
    working.what().addListener(value -> showWork());
    working.rows().addListener(value -> showWork());
    NoticeStack stack = new NoticeStack(notices, shownNotices);
    stack.lieBelow(panes, rail, root);
    frame.panels().forEach(panel -> panel.whenBuilt(view -> keepClear(stack, view)));
    model.session().upgrades().addListener(value -> shownNotices.clear());
    root.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    root.setOnDragOver(this::dragOver);
    root.setOnDragDropped(this::dragDropped);
    show();
  }

  private void addScreens() {
    for (Screen screen : frame.screens()) {
      content.getChildren().add(screen.view().place());
      screen.view().whenBuilt(view -> fit(view, screen));
    }
    center.getChildren().addAll(0, places(frame.offers()));
    // Over the screens, under notices and questions.
    root.getChildren().addAll(1, places(frame.panels()));
    root.getChildren().addAll(places(frame.questions()));
    root.getChildren().addAll(places(frame.layers()));
    for (Frame.MenuEntry entry : frame.help()) {
      help.getItems().add(item(entry));
    }
    int place = store.getItems().indexOf(createItem);
    for (Frame.MenuEntry entry : frame.openings()) {
      store.getItems().add(place++, item(entry));
    }
    for (Frame.MenuEntry entry : frame.menu()) {
      MenuItem item = item(entry);
      panelItems.add(item);
      store.getItems().add(item);
    }
    frame.commands().forEach(this::showKey);
  }

  private void fit(Parent view, Screen screen) {
    if (view instanceof Region region) {
      // Too tall for the window, it ends below its edge, not above as well.
      region.setMinHeight(0);
    }
    view.setVisible(isShown(screen));
  }

  private static void keepClear(NoticeStack stack, Parent panel) {
    if (panel instanceof StackPane layer) {
      stack.stayBelow(layer);
    }
  }

  private static List<Parent> places(List<Later<?>> views) {
    return views.stream().<Parent>map(Later::place).toList();
  }

  private MenuItem item(Frame.MenuEntry entry) {
    MenuItem item = new MenuItem(messages.get(entry.name()));
    item.setId(entry.id());
    item.setOnAction(event -> entry.action().run());
    return item;
  }

  /** A menu's entry tells the key that does the same. */
  private void showKey(Command command) {
    for (MenuButton menu : List.of(store, help)) {
      for (MenuItem item : menu.getItems()) {
        if (command.key() != null && command.name().equals(item.getText())) {
          item.setAccelerator(command.key());
        }
      }
    }
  }

  private void focusScreen() {
    Screen here = frame.current().get();
    if (here != null && isShown(here)) {
      here.focus().run();
    }
  }

  /** Puts the focus where the first step is. */
  public void focusFirst() {
    welcomeController.focusFirst();
  }

  private void show() {
    boolean open = model.isStoreOpen();
    Screen here = frame.current().get();
    store.setText(model.storeName());
    store.setTooltip(open ? Tips.of(model.storePath()) : null);
    totals.setText(model.totals());
    importItem.setDisable(!open);
    exportItem.setDisable(!open);
    panelItems.forEach(item -> item.setDisable(!open));
    if (places != null) {
      places.show(here, open);
    }
    welcome.setVisible(!open && here != null && here.ofStore());
    for (Screen screen : frame.screens()) {
      if (screen.view().isBuilt()) {
        screen.view().place().setVisible(isShown(screen));
      }
    }
  }

  private boolean isShown(Screen screen) {
    return screen.equals(frame.current().get()) && (model.isStoreOpen() || !screen.ofStore());
  }

  private void showTheme() {
    boolean dark = themes.theme().get() == Theme.DARK;
    theme.setGraphic(Icons.of(dark ? Feather.SUN : Feather.MOON));
    Icons.name(theme, messages.get(dark ? "shell.light" : "shell.dark"));
  }

  private void showRecent(List<StoreLocation> stores) {
    recent.getItems().clear();
    for (StoreLocation known : stores) {
      MenuItem item = new MenuItem(known.toString());
      item.setMnemonicParsing(false);
      item.setOnAction(event -> commands.open(known));
      recent.getItems().add(item);
    }
    recent.setDisable(stores.isEmpty());
  }

  private void showWork() {
    String what = working.what().get();
    shown(work, what != null);
    Long rows = working.rows().get();
    workText.setText(
        what == null ? "" : rows == null ? what : messages.get("work.rows", what, rows));
  }

  /** Does what a key stands for, unless something lies over the window: then the key is its. */
  private void keyPressed(KeyEvent event) {
    if (isCovered()) {
      return;
    }
    for (Command command : frame.commands()) {
      if (command.key() != null
          && command.key().match(event)
          && command.available().getAsBoolean()) {
        command.action().run();
        event.consume();
        return;
      }
    }
  }

  private boolean isCovered() {
    return root.getChildren().stream()
        .anyMatch(node -> node.isVisible() && node.getStyleClass().contains("scrim"));
  }

  /** Shows the button as pressed even if it was already. */
  private void go(Screen screen) {
    outcomesController.giveWay();
    frame.go(screen);
    show();
  }

  private void dragOver(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY);
    }
    event.consume();
  }

  private void dragDropped(DragEvent event) {
    List<File> files = event.getDragboard().getFiles();
    boolean taken = !files.isEmpty();
    if (taken) {
      commands.drop(files.getFirst().toPath());
    }
    event.setDropCompleted(taken);
    event.consume();
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
  void importFile() {
    commands.chooseImport();
  }

  @FXML
  void export() {
    commands.export();
  }

  @FXML
  void cancelWork() {
    working.cancel();
  }

  @FXML
  void toggleTheme() {
    themes.toggle();
  }
}
