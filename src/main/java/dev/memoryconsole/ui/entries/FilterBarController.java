package dev.memoryconsole.ui.entries;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.controls.CustomTextField;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.ColumnFit;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.entries.find.Completion;
import dev.memoryconsole.ui.entries.find.Suggestions;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.controlsfx.control.CheckComboBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds what stands above the table: search, boxes of values, chips. */
public final class FilterBarController {
  private final EntriesViewModel model;
  private final FilterViewModel filter;
  private final Messages messages;
  private Runnable onToggleDetails = () -> {};
  private boolean binding;

  @FXML private CustomTextField search;
  @FXML private Label problem;
  @FXML private CheckComboBox<String> scopes;
  @FXML private CheckComboBox<String> categories;
  @FXML private MenuButton columns;
  @FXML private MenuButton views;
  @FXML private Button detailsButton;
  @FXML private ToggleButton legacyChip;
  @FXML private ToggleButton upgradedChip;
  @FXML private ToggleButton fallbackChip;
  @FXML private ToggleButton failedChip;
  @FXML private ToggleButton stampedChip;
  @FXML private ToggleButton corpusChip;
  @FXML private Label matching;

  /** Called by the loader. */
  public FilterBarController(EntriesViewModel model, Messages messages) {
    this.model = model;
    this.filter = model.filter();
    this.messages = messages;
  }

  @FXML
  void initialize() {
    Icons.name(detailsButton, messages.get("entries.toggleDetails"));
    detailsButton.setGraphic(Icons.of(Feather.SIDEBAR));
    search
        .textProperty()
        .addListener(
            (value, before, now) -> {
              if (!binding) {
                filter.type(now);
              }
            });
    search.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    new Completion(
        search,
        new Suggestions(
            () -> model.totals().byScope().keySet(), () -> model.totals().byCategory().keySet()),
        messages.get("entries.completion"));
    shown(problem, false);
    new FacetBox(scopes, messages, "entries.scopes", "entries.noScope", filter::scopes)
        .bind(model.totalsProperty(), Session.Totals::byScope, filter.filter(), Filter::scopes);
    new FacetBox(
            categories, messages, "entries.categories", "entries.noCategory", filter::categories)
        .bind(
            model.totalsProperty(),
            Session.Totals::byCategory,
            filter.filter(),
            Filter::categories);
    chip(legacyChip, Badge.LEGACY, MemoryState.LEGACY);
    chip(upgradedChip, Badge.UPGRADED, MemoryState.UPGRADED);
    chip(fallbackChip, Badge.FALLBACK, MemoryState.FALLBACK);
    chip(failedChip, Badge.FAILED, null);
    chip(corpusChip, Badge.CORPUS, MemoryState.CORPUS);
    corpusChip.setTooltip(Tips.of(messages.get("chip.corpus.tip")));
    stampedChip.setGraphic(StateBadge.shape(Badge.STAMPED));
    stampedChip.setTooltip(Tips.of(messages.get("chip.stamped.tip")));
    stampedChip.setOnAction(event -> filter.stamped(stampedChip.isSelected()));
    filter.filter().addListener((value, before, now) -> show(now));
    model.chips().addListener(value -> showCounts());
    model.matching().addListener(value -> showCounts());
    showCounts();
  }

  /** Puts the cursor into the search field. */
  void focusSearch() {
    search.requestFocus();
    search.selectAll();
  }

  void onToggleDetails(Runnable action) {
    onToggleDetails = action;
  }

  /** The menu of saved views. */
  MenuButton views() {
    return views;
  }

  /** Offers to hide columns. */
  void offer(ColumnFit<MemoryRow> fit) {
    for (TableColumn<MemoryRow, ?> column : fit.hideable().reversed()) {
      CheckMenuItem item = new CheckMenuItem(column.getText());
      item.setSelected(true);
      item.selectedProperty().addListener((value, before, now) -> fit.want(column, now));
      columns.addEventHandler(
          MenuButton.ON_SHOWING, event -> item.setSelected(fit.isWanted(column)));
      columns.getItems().add(item);
    }
  }

  private void chip(ToggleButton chip, Badge badge, @Nullable MemoryState state) {
    chip.setGraphic(StateBadge.shape(badge));
    chip.setOnAction(
        event -> {
          if (state == null) {
            filter.failed(chip.isSelected());
          } else {
            filter.state(state, chip.isSelected());
          }
        });
  }

  private void show(Filter now) {
    binding = true;
    if (!search.getText().equals(now.text())) {
      search.setText(now.text());
      search.end();
    }
    List<Message> problems = now.asked().problems();
    shown(problem, !problems.isEmpty());
    problem.setText(problems.isEmpty() ? "" : messages.words(problems.getFirst()));
    legacyChip.setSelected(now.states().contains(MemoryState.LEGACY));
    upgradedChip.setSelected(now.states().contains(MemoryState.UPGRADED));
    fallbackChip.setSelected(now.states().contains(MemoryState.FALLBACK));
    failedChip.setSelected(now.failed());
    corpusChip.setSelected(now.states().contains(MemoryState.CORPUS));
    stampedChip.setSelected(now.stamped());
    binding = false;
    showCounts();
  }

  private void showCounts() {
    ChipCounts.Counts counts = model.chips().get();
    legacyChip.setText(messages.get("chip.legacy", counts.legacy()));
    upgradedChip.setText(messages.get("chip.upgraded", counts.upgraded()));
    fallbackChip.setText(messages.get("chip.fallback", counts.fallback()));
    failedChip.setText(messages.get("chip.failed", counts.failed()));
    // What few stores have takes no place where there is none of it.
    stampedChip.setText(messages.get("chip.stamped", counts.stamped()));
    shown(stampedChip, model.totals().stamped() > 0 || stampedChip.isSelected());
    corpusChip.setText(messages.get("chip.corpus", counts.corpus()));
    shown(corpusChip, model.totals().corpus() > 0 || corpusChip.isSelected());
    long count = model.matching().get();
    matching.setText(
        count == EntriesViewModel.UNKNOWN
            ? messages.get("entries.counting")
            : messages.get("entries.matching", count));
  }

  /** Escape takes away one thing after the other: what is typed first. */
  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
      search.clear();
      filter.clear();
      event.consume();
    }
  }

  @FXML
  void toggleDetails() {
    onToggleDetails.run();
  }
}
