package dev.memoryconsole.ui.mend;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.mend.MendField;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** Binds the preview of a mend. */
public final class MendController {
  private final MendViewModel model;
  private final Messages messages;
  private final MendForm form;
  private final Times times;
  private @Nullable MendTable list;
  private @Nullable MergeForm mergeForm;
  private @Nullable MendRequest filled;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Label totals;
  @FXML private Label doubt;
  @FXML private GridPane fields;
  @FXML private ComboBox<String> state;
  @FXML private ComboBox<String> tier;
  @FXML private ComboBox<String> memoryCategory;
  @FXML private ComboBox<String> category;
  @FXML private ComboBox<String> scope;
  @FXML private TextField importance;
  @FXML private HBox merging;
  @FXML private ComboBox<Keep> keeps;
  @FXML private ComboBox<Boolean> others;
  @FXML private Button keep;
  @FXML private Label problem;
  @FXML private TableView<MendPreview.Item> table;
  @FXML private TableColumn<MendPreview.Item, MendPreview.Item> take;
  @FXML private TableColumn<MendPreview.Item, MendPreview.Item> memory;
  @FXML private TableColumn<MendPreview.Item, MendPreview.Item> change;
  @FXML private Label hint;
  @FXML private HBox looking;
  @FXML private ProgressBar progress;
  @FXML private Label progressText;
  @FXML private Label ask;
  @FXML private TextField number;
  @FXML private Button close;
  @FXML private Button run;

  /** Called by the loader. */
  MendController(MendViewModel model, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.times = times;
    this.form = new MendForm(model, messages);
  }

  @FXML
  void initialize() {
    MendTable rows = new MendTable(table, model, messages, times);
    rows.draw(take, memory, change);
    list = rows;
    form.choices(state, MendField.STATE);
    form.choices(tier, MendField.TIER);
    form.choices(memoryCategory, MendField.MEMORY_CATEGORY);
    form.choices(category, MendField.CATEGORY);
    form.text(scope, MendField.SCOPE);
    form.text(importance, MendField.IMPORTANCE);
    mergeForm = new MergeForm(keeps, others, model, messages);
    table.getSelectionModel().selectedItemProperty().addListener(value -> showKeep());
    number.textProperty().addListener(value -> showRun());
    model.running().addListener(value -> showRun());
    model.looking().addListener((value, before, now) -> show(now));
    Overlay.follow(root, model.shown(), this::show, model::close);
    show(model.looking().get());
  }

  private void show(MendViewModel.Shown now) {
    if (!now.request().equals(filled)) {
      begin(now);
    }
    boolean looked = now.ids() != null;
    title.setText(
        !looked
            ? messages.get("mend.titleCounting")
            : MendWords.title(now.request().kind(), now, messages));
    Message wrong = now.draft().problem();
    problem.setText(messages.words(wrong));
    shown(problem, !wrong.isEmpty());
    if (list != null) {
      list.show(now.seen());
    }
    hint.setText(messages.get("mend.hint", now.chosen()));
    showTotals(now);
    showRun();
  }

  /** Another mend than the one that was on screen, if any. */
  private void begin(MendViewModel.Shown now) {
    filled = now.request();
    form.fill(
        () -> {
          state.setValue(now.draft().text(MendField.STATE));
          tier.setValue(now.draft().text(MendField.TIER));
          memoryCategory.setValue(now.draft().text(MendField.MEMORY_CATEGORY));
          category.setValue(now.draft().text(MendField.CATEGORY));
          scope.getItems().setAll(model.scopes());
          scope.setValue(null);
          scope.getEditor().setText(now.draft().text(MendField.SCOPE));
          importance.setText(now.draft().text(MendField.IMPORTANCE));
        });
    number.clear();
    shown(fields, now.isFree());
    shown(merging, now.request().kind() == MendRequest.Kind.MERGE);
    if (mergeForm != null) {
      mergeForm.fill(now.merge());
    }
    Message doubted = model.doubt();
    doubt.setText(messages.words(doubted));
    shown(doubt, !doubted.isEmpty());
    if (now.isFree()) {
      state.requestFocus();
    } else {
      close.requestFocus();
    }
  }

  private void showTotals(MendViewModel.Shown now) {
    MendLook.Seen seen = now.seen();
    boolean nothing = seen == null && now.setsNothing();
    shown(hint, nothing && now.ids() != null);
    table.setVisible(seen != null);
    totals.setText(
        seen == null
            ? messages.get(nothing ? "mend.nothingYet" : "mend.looking")
            : totals(now, seen));
  }

  private String totals(MendViewModel.Shown now, MendLook.Seen seen) {
    int corpus = seen.count(MendPlan.Fit.CORPUS);
    int unwritable = seen.count(MendPlan.Fit.UNWRITABLE);
    int without = now.without().size();
    return switch (now.request().kind()) {
      case FIELDS, CATEGORIES ->
          messages.get(
              "mend.totals",
              now.taken(),
              seen.count(MendPlan.Fit.DONE),
              corpus,
              unwritable,
              without);
      case DELETION ->
          messages.get("mend.totalsDeletion", now.taken(), corpus, unwritable, without);
      case MERGE -> {
        int groups = seen.groups() - now.groupsWithout();
        yield messages.get(
            now.merge().deletes() ? "mend.totalsMergeDeletion" : "mend.totalsMerge",
            groups,
            now.taken() - groups,
            now.groupsWithout(),
            now.chosen() - seen.preview().items().size());
      }
    };
  }

  private void show(MendLook.@Nullable Looking now) {
    looking.setVisible(now != null);
    showRun();
    if (now != null) {
      progress.setProgress(now.total() == 0 ? -1 : (double) now.looked() / now.total());
      progressText.setText(
          now.total() == 0
              ? messages.get("mend.choosing")
              : messages.get("mend.progress", now.looked(), now.total()));
    }
  }

  private void showRun() {
    MendViewModel.Shown now = model.shown().get();
    if (now == null) {
      filled = null;
      return;
    }
    int taken = now.taken();
    boolean asks = now.asksNumber();
    boolean busy = model.running().get();
    ask.setText(
        busy && taken > 0
            ? messages.get("mend.busy")
            : asks ? messages.get("mend.typeNumber", taken) : "");
    shown(number, asks && !busy);
    run.setText(MendWords.run(now.request().kind(), taken, messages));
    run.setDisable(
        taken == 0
            || busy
            || model.looking().get() != null
            || (asks && !now.isNumber(number.getText())));
    showKeep();
  }

  private void showKeep() {
    MendPreview.Item item = list == null ? null : list.chosen();
    keep.setDisable(item == null || MendLook.isKept(item) || model.looking().get() != null);
  }

  @FXML
  void keep() {
    MendPreview.Item item = list == null ? null : list.chosen();
    if (item != null) {
      model.keep(item.id());
      table.requestFocus();
    }
  }

  @FXML
  void run() {
    model.run(number.getText());
  }

  @FXML
  void close() {
    model.close();
  }
}
