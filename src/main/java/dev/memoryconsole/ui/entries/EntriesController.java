package dev.memoryconsole.ui.entries;

import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

/** Binds the memories screen to its view model: the table, and the details beside it. */
public final class EntriesController {
  private static final double DIVIDER = 0.66;
  private static final double WIDE = 1000;

  private final EntriesViewModel model;
  private final Messages messages;
  private final Times times;
  private boolean wide = true;

  @FXML private SplitPane root;
  @FXML private VBox main;
  @FXML private FilterBarController filterBarController;
  @FXML private TableView<MemoryRow> table;
  @FXML private Parent details;
  @FXML private DetailsController detailsController;

  /** Called by the loader. */
  public EntriesController(EntriesViewModel model, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.times = times;
  }

  @FXML
  void initialize() {
    MemoryTable rows = new MemoryTable(table, model);
    rows.draw(messages, times);
    rows.bind();
    filterBarController.offer(rows.fit());
    filterBarController.onToggleDetails(this::toggleDetails);
    detailsController.onClose(this::toggleDetails);
    root.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    SplitPane.setResizableWithParent(details, false);
    root.setDividerPositions(DIVIDER);
    // A narrow window begins with the table alone.
    root.widthProperty()
        .addListener(
            (value, before, now) -> {
              boolean wideNow = now.doubleValue() >= WIDE;
              if (wideNow != wide) {
                wide = wideNow;
                showDetails(wide);
              }
            });
    model.content().addListener((value, before, now) -> show(now));
    show(model.content().get());
  }

  /** Puts the cursor into the search field. */
  public void focusSearch() {
    filterBarController.focusSearch();
  }

  /** Puts the cursor into the table. */
  public void focusTable() {
    table.requestFocus();
  }

  /** Shows one memory's details, whether the table has it or not. */
  public void showMemory(String id) {
    model.show(id);
    showDetails(true);
  }

  private void show(EntriesViewModel.Content content) {
    table.setVisible(
        content == EntriesViewModel.Content.ROWS || content == EntriesViewModel.Content.LOADING);
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE && root.getItems().contains(details)) {
      showDetails(false);
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && table.isFocused()) {
      showDetails(true);
      event.consume();
    }
  }

  private void showDetails(boolean show) {
    // A narrow window has room for one of them.
    List<Node> wanted = !show ? List.of(main) : wide ? List.of(main, details) : List.of(details);
    if (!root.getItems().equals(wanted)) {
      root.getItems().setAll(wanted);
      root.setDividerPositions(DIVIDER);
    }
    if (!show) {
      table.requestFocus();
    } else if (!wide) {
      detailsController.focus();
    }
  }

  private void toggleDetails() {
    showDetails(!root.getItems().contains(details));
  }
}
