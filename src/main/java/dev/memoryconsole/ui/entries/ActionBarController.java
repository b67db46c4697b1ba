package dev.memoryconsole.ui.entries;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.theme.Styles;
import dev.memoryconsole.ui.common.FittingLine;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.entries.rows.ChangeItems;
import dev.memoryconsole.ui.entries.rows.RowActions;
import dev.memoryconsole.ui.entries.rows.Rows;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;

/** Binds what can be done with the chosen memories. One of its buttons is the primary one. */
public final class ActionBarController {
  private final EntriesViewModel model;
  private final UpgradeActions actions;
  private final Rows rows;
  private final RowActions changes;
  private final Messages messages;

  @FXML private Label selected;
  @FXML private Button clear;
  @FXML private Button retryAll;
  @FXML private MenuButton change;
  @FXML private Button preview;
  @FXML private Button upgradeSelected;
  @FXML private Button upgradeAll;

  /** Called by the loader. */
  public ActionBarController(
      EntriesViewModel model,
      UpgradeActions actions,
      Rows rows,
      RowActions changes,
      Messages messages) {
    this.model = model;
    this.actions = actions;
    this.rows = rows;
    this.changes = changes;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    ChangeItems.fill(change, rows, changes, messages);
    model.selection().size().addListener(value -> show());
    model.upgradable().addListener(value -> show());
    model.matching().addListener(value -> show());
    model.filter().filter().addListener(value -> show());
    model.totalsProperty().addListener(value -> show());
    actions.running().addListener(value -> show());
    show();
  }

  private void show() {
    Session.Totals totals = model.totals();
    long chosen = model.selection().size().get();
    selected.setText(messages.get("entries.selected", chosen));
    shown(clear, chosen > 0);
    preview.setDisable(chosen == 0);
    boolean running = actions.running().get();
    boolean counting =
        model.selection().isAllMatching() && model.matching().get() == EntriesViewModel.UNKNOWN;
    upgradeSelected.setDisable(chosen == 0 || running || counting);
    long upgradable = model.upgradable().get();
    upgradeAll.setText(
        upgradable == EntriesViewModel.UNKNOWN
            ? messages.get("entries.upgradeCounting")
            : upgradable == 0
                ? messages.get("entries.upgradeNone")
                : messages.get("entries.upgradeAll", upgradable));
    upgradeAll.setDisable(upgradable <= 0 || running);
    // What fell back or failed is not upgraded but retried.
    boolean retries = model.filter().isOnlyRetryable();
    shown(retryAll, retries);
    shown(upgradeAll, !retries);
    retryAll.setDisable(running || totals.fallback() + totals.failedIds().size() == 0);
    // Where there is too little room for both, the primary one stays.
    FittingLine.setRank(upgradeSelected, chosen > 0 ? null : 1);
    FittingLine.setRank(upgradeAll, chosen > 0 ? 1 : null);
    primary(upgradeSelected, chosen > 0);
    primary(upgradeAll, chosen == 0 && upgradable > 0);
    primary(retryAll, chosen == 0 && !retryAll.isDisable());
  }

  private static void primary(Button button, boolean on) {
    button.getStyleClass().remove(Styles.ACCENT);
    if (on) {
      button.getStyleClass().add(Styles.ACCENT);
    }
  }

  @FXML
  void clearSelection() {
    model.selection().clear();
  }

  @FXML
  void retryAll() {
    actions.retryAll();
  }

  @FXML
  void upgradeSelected() {
    actions.upgradeSelected();
  }

  @FXML
  void upgradeAll() {
    actions.upgradeAll();
  }

  @FXML
  void preview() {
    actions.previewSelected();
  }
}
