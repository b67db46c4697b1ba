package dev.memoryconsole.ui.checkup;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Binds the check-up to its view model. */
public final class CheckupController {
  private final CheckupViewModel model;
  private final GroupViewModel group;
  private final Consumer<String> open;
  private final Messages messages;
  private final Times times;
  private CheckupViewModel.@Nullable Checked drawn;
  private @Nullable Finding drawnFinding;

  @FXML private Label sentence;
  @FXML private HBox work;
  @FXML private ProgressBar bar;
  @FXML private Label workText;
  @FXML private Button cancel;
  @FXML private Button check;
  @FXML private VBox empty;
  @FXML private Button begin;
  @FXML private SplitPane results;
  @FXML private ListView<Finding> findings;
  @FXML private Label name;
  @FXML private Label meaning;
  @FXML private Button details;
  @FXML private Button mend;
  @FXML private Label none;
  @FXML private ListView<Report.Found> found;
  @FXML private SplitPane compared;
  @FXML private ListView<List<Report.Found>> groups;

  /** Called by the loader. */
  CheckupController(
      CheckupViewModel model,
      GroupViewModel group,
      Consumer<String> open,
      Messages messages,
      Times times) {
    this.model = model;
    this.group = group;
    this.open = open;
    this.messages = messages;
    this.times = times;
  }

  @FXML
  void initialize() {
    findings.getItems().setAll(Finding.values());
    findings.setCellFactory(list -> new FindingCell(model, messages));
    findings
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null) {
                model.chosen().set(now);
              }
            });
    found.setCellFactory(list -> new FoundCell(messages));
    found.setOnMouseClicked(
        event -> {
          if (event.getClickCount() == 2) {
            openFound();
          }
        });
    found.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            openFound();
            event.consume();
          }
        });
    details.disableProperty().bind(found.getSelectionModel().selectedItemProperty().isNull());
    groups.setCellFactory(list -> new GroupCell(messages));
    groups
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((value, before, now) -> group.show(now == null ? List.of() : now));
    SplitPane.setResizableWithParent(findings, false);
    model.chosen().addListener(value -> show());
    model.checked().addListener(value -> show());
    model.old().addListener(value -> showSentence());
    model.progress().addListener((value, before, now) -> show(now));
    show(model.progress().get());
    show();
  }

  /** Puts the focus where work begins. */
  void focus() {
    if (model.checked().get() == null) {
      begin.requestFocus();
    } else {
      findings.requestFocus();
    }
  }

  private void show(CheckupViewModel.@Nullable Progress now) {
    boolean begun = now != null && !work.isVisible() && (begin.isFocused() || check.isFocused());
    boolean ended = now == null && cancel.isFocused();
    shown(work, now != null);
    begin.setDisable(now != null);
    shown(check, now == null && model.checked().get() != null);
    // What can't be pressed any more loses the focus.
    if (begun) {
      cancel.requestFocus();
    } else if (ended) {
      focus();
    }
    if (now != null) {
      bar.setProgress(now.total() == 0 ? -1 : (double) now.done() / now.total());
      workText.setText(
          now.comparing()
              ? messages.get("checkup.comparing", now.done(), now.total())
              : now.total() == 0
                  ? messages.get("mend.choosing")
                  : messages.get("mend.progress", now.done(), now.total()));
    }
  }

  private void showSentence() {
    CheckupViewModel.Checked now = model.checked().get();
    if (now == null) {
      sentence.setText(messages.get("checkup.text"));
      return;
    }
    String said =
        messages.get(
            "checkup.sentence", now.report().looked(), now.total(), times.relative(now.at()));
    sentence.setText(model.old().get() ? said + " " + messages.get("checkup.old") : said);
  }

  private void show() {
    CheckupViewModel.Checked now = model.checked().get();
    Finding finding = model.chosen().get();
    showSentence();
    shown(empty, now == null);
    shown(check, now != null && model.progress().get() == null);
    shown(results, now != null);
    if (now == null) {
      drawn = null;
      group.show(List.of());
      return;
    }
    if (!now.equals(drawn)) {
      findings.refresh();
    }
    findings.getSelectionModel().select(finding);
    name.setText(FindingWords.name(finding, messages));
    meaning.setText(FindingWords.meaning(finding, messages));
    if (!now.equals(drawn) || finding != drawnFinding) {
      drawn = now;
      drawnFinding = finding;
      fill(now, finding);
    }
  }

  private void fill(CheckupViewModel.Checked now, Finding finding) {
    List<Report.Found> all = now.found(finding);
    List<List<Report.Found>> several = now.groups(finding);
    int count = finding.isOfSeveral() ? several.size() : all.size();
    shown(none, count == 0);
    shown(mend, count > 0);
    shown(details, count > 0 && !finding.isOfSeveral());
    mend.setText(FindingWords.mend(finding, count, messages));
    shown(found, count > 0 && !finding.isOfSeveral());
    shown(compared, count > 0 && finding.isOfSeveral());
    found.setItems(
        FXCollections.observableList(finding.isOfSeveral() ? List.<Report.Found>of() : all));
    groups.setItems(FXCollections.observableList(several));
    groups.getSelectionModel().clearSelection();
    if (several.isEmpty()) {
      group.show(List.of());
    } else {
      groups.getSelectionModel().select(0);
    }
  }

  @FXML
  void openFound() {
    Report.Found memory = found.getSelectionModel().getSelectedItem();
    if (memory != null) {
      open.accept(memory.id());
    }
  }

  @FXML
  void check() {
    model.check();
  }

  @FXML
  void cancel() {
    model.cancel();
  }

  @FXML
  void mend() {
    CheckupViewModel.Checked now = model.checked().get();
    Finding finding = model.chosen().get();
    if (now != null && finding.isOfSeveral()) {
      group.merge(now.groups(finding));
    } else {
      model.mend(finding);
    }
  }
}
