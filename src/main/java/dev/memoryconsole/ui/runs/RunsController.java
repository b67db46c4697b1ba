package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.table.IdRows;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.table.TextSizedColumns;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.diff.DiffView;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MultipleSelectionModel;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Binds the lists of the runs screen to its view model. */
public final class RunsController {
  private static final double LOWER_DIVIDER = 0.55;
  private static final double MOST_OF_LIST = 0.36;

  private static final Message ERASED = JournalCode.ERASED.with();

  // So many times as wide as they can be at least.
  private static final double ROOM_FOR_WORDS = 1.6;

  private final RunsViewModel model;
  private final Consumer<String> showMemory;
  private final Messages messages;
  private final Times times;
  private final DiffView diff;
  private boolean filling;

  @FXML private StackPane root;
  @FXML private VBox empty;
  @FXML private SplitPane split;
  @FXML private VBox left;
  @FXML private ListView<RunRecord> list;
  @FXML private SplitPane lower;
  @FXML private TableView<EntryRecord> table;
  @FXML private TableColumn<EntryRecord, EntryRecord> id;
  @FXML private TableColumn<EntryRecord, EntryRecord> outcome;
  @FXML private TableColumn<EntryRecord, EntryRecord> memory;
  @FXML private TableColumn<EntryRecord, EntryRecord> reason;
  @FXML private TableColumn<EntryRecord, EntryRecord> attempt;
  @FXML private TableColumn<EntryRecord, EntryRecord> millis;
  @FXML private VBox diffBox;

  /** Called by the loader. */
  public RunsController(
      RunsViewModel model, Consumer<String> showMemory, Messages messages, Times times) {
    this.model = model;
    this.showMemory = showMemory;
    this.messages = messages;
    this.times = times;
    this.diff = new DiffView(messages, times);
  }

  @FXML
  void initialize() {
    SplitPane.setResizableWithParent(left, false);
    // As wide as it wants to be, in the window that is there by then.
    split
        .widthProperty()
        .addListener(
            (value, before, now) -> {
              if (before.doubleValue() == 0) {
                split.setDividerPositions(
                    Math.min(MOST_OF_LIST, left.getPrefWidth() / now.doubleValue()));
              }
            });
    lower.setDividerPositions(LOWER_DIVIDER);
    diffBox.getChildren().add(diff);
    VBox.setVgrow(diff, Priority.ALWAYS);
    diff.followKeys(root);
    list.setCellFactory(any -> new RunCell(messages, times));
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (!filling && now != null) {
                model.current().set(now);
              }
            });
    bindTable();
    // Another program may have started a run since.
    root.visibleProperty()
        .addListener(
            (value, before, now) -> {
              if (now) {
                model.reload();
              }
            });
    model.runs().addListener((value, before, now) -> showRuns(now));
    model
        .current()
        .addListener(
            (value, before, now) -> {
              select(now);
              if (before == null || now == null || before.id() != now.id()) {
                // Where one run was looked at says nothing about another.
                table.scrollTo(0);
              }
            });
    model.diff().addListener((value, before, now) -> showDiff(now));
    showEntries(model.entries().get());
    showRuns(model.runs().get());
    showDiff(model.diff().get());
  }

  private void bindTable() {
    Cells.longText(id, e -> e.id().substring(0, Math.min(8, e.id().length())), EntryRecord::id);
    id.getStyleClass().add("mono-column");
    Cells.badge(
        outcome,
        messages,
        e -> Badge.of(e.state(), model.isOver()),
        e -> Badge.key(e.state(), e.reapplied(), model.isOver()));
    Cells.longText(memory, EntryRecord::title, EntryRecord::title);
    Cells.longText(reason, e -> messages.words(e.message()), e -> messages.words(e.message()));
    Cells.number(attempt, e -> e.attempt() == 0 ? "" : messages.numbers().name(e.attempt()));
    Cells.number(millis, e -> e.finishedAt() == null ? "" : messages.numbers().whole(e.millis()));
    // The scroll bar is beside it.
    millis.getStyleClass().add("end-column");
    Cells.plain(table);
    IdRows.of(table, EntryRecord::id, showMemory, messages);
    TextSizedColumns.install(table);
    table.widthProperty().addListener(value -> fit());
    memory.minWidthProperty().addListener(value -> fit());
    Label nothing = new Label(nothing(model.current().get()));
    table.setPlaceholder(nothing);
    model.current().addListener((value, before, now) -> nothing.setText(nothing(now)));
    MultipleSelectionModel<EntryRecord> selection = table.getSelectionModel();
    selection.setSelectionMode(SelectionMode.MULTIPLE);
    selection
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null && !filling) {
                model.entry().set(now);
              }
            });
    selection
        .getSelectedIndices()
        .addListener(
            (ListChangeListener<Integer>)
                change -> {
                  if (!filling) {
                    model.chosen().set(List.copyOf(selection.getSelectedIndices()));
                  }
                });
    model.entries().addListener((value, before, now) -> showEntries(now));
  }

  /** Words before figures, where there is no room for both. */
  private void fit() {
    double others =
        Stream.of(id, outcome, attempt, millis).mapToDouble(TableColumn::getMinWidth).sum();
    double words = memory.getMinWidth() + reason.getMinWidth();
    boolean room = table.getWidth() - others >= ROOM_FOR_WORDS * words;
    attempt.setVisible(room);
    millis.setVisible(room);
  }

  private String nothing(@Nullable RunRecord run) {
    return messages.get(
        run != null && run.restore() != null ? "restore.noEntries" : "runs.noEntries");
  }

  /** The list anew, with the same entries chosen if it is still the same list. */
  private void showEntries(LazyList<EntryRecord> now) {
    MultipleSelectionModel<EntryRecord> selection = table.getSelectionModel();
    EntryRecord shown = model.entry().get();
    int at = selection.getSelectedIndex();
    List<Integer> chosen = List.copyOf(selection.getSelectedIndices());
    filling = true;
    table.setItems(now);
    selection.clearSelection();
    if (shown != null && at >= 0) {
      for (int index : chosen) {
        if (index < now.size() && index != at) {
          selection.select(index);
        }
      }
      if (at < now.size()) {
        // Last: its comparison is the one on screen.
        selection.select(at);
      }
    }
    filling = false;
    model.chosen().set(List.copyOf(selection.getSelectedIndices()));
    EntryRecord fresh = shown == null || at < 0 || at >= now.size() ? null : now.loaded(at);
    if (fresh != null) {
      model.entry().set(fresh);
    }
  }

  private void showRuns(List<RunRecord> runs) {
    empty.setVisible(runs.isEmpty());
    split.setVisible(!runs.isEmpty());
    filling = true;
    list.getItems().setAll(runs);
    filling = false;
    select(model.current().get());
  }

  private void select(@Nullable RunRecord run) {
    filling = true;
    for (int i = 0; run != null && i < list.getItems().size(); i++) {
      if (list.getItems().get(i).id() == run.id()) {
        list.getSelectionModel().clearAndSelect(i);
      }
    }
    filling = false;
  }

  private void showDiff(@Nullable Comparison shown) {
    if (shown == null) {
      diff.show(messages.get("runs.chooseEntry"), List.of());
      return;
    }
    boolean undone = shown.entry().state() == EntryState.UNDONE;
    String caption;
    if (undone) {
      caption = shown.entry().written() == null ? "runs.diffUndoneNone" : "runs.diffUndone";
    } else {
      caption = shown.keys().isEmpty() ? "runs.nothingWritten" : "runs.diff";
    }
    if (shown.entry().message().equals(ERASED)) {
      diff.show(messages.words(ERASED), List.of());
      return;
    }
    boolean enriched = !undone && shown.entry().state() != EntryState.MENDED;
    diff.show(messages.get(caption), shown.keys(), enriched);
  }
}
