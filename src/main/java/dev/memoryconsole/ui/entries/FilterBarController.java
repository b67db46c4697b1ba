package dev.memoryconsole.ui.entries;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.controls.CustomTextField;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.ColumnFit;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
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
  @FXML private CheckComboBox<String> scopes;
  @FXML private CheckComboBox<String> categories;
  @FXML private MenuButton columns;
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
    corpusChip.setTooltip(new Tooltip(messages.get("chip.corpus.tip")));
    stampedChip.setGraphic(StateBadge.shape(Badge.STAMPED));
    stampedChip.setTooltip(new Tooltip(messages.get("chip.stamped.tip")));
    stampedChip.setOnAction(event -> filter.stamped(stampedChip.isSelected()));
    filter.filter().addListener((value, before, now) -> show(now));
    model.totalsProperty().addListener(value -> showCounts());
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

  /** Offers to hide columns. */
  void offer(ColumnFit<MemoryRow> fit) {
    for (TableColumn<MemoryRow, ?> column : fit.hideable().reversed()) {
      CheckMenuItem item = new CheckMenuItem(column.getText());
      item.setSelected(true);
      item.selectedProperty().addListener((value, before, now) -> fit.want(column, now));
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
    if (!search.getText().equals(now.words())) {
      search.setText(now.words());
    }
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
    Session.Totals totals = model.totals();
    legacyChip.setText(messages.get("chip.legacy", totals.legacy()));
    upgradedChip.setText(messages.get("chip.upgraded", totals.upgraded()));
    fallbackChip.setText(messages.get("chip.fallback", totals.fallback()));
    failedChip.setText(messages.get("chip.failed", totals.failedIds().size()));
    stampedChip.setText(messages.get("chip.stamped", totals.stamped()));
    shownIfAny(stampedChip, totals.stamped());
    corpusChip.setText(messages.get("chip.corpus", totals.corpus()));
    shownIfAny(corpusChip, totals.corpus());
    long count = model.matching().get();
    matching.setText(
        count == EntriesViewModel.UNKNOWN
            ? messages.get("entries.counting")
            : messages.get("entries.matching", count));
  }

  /** What few stores have takes no place where there is none of it. */
  private static void shownIfAny(ToggleButton chip, long count) {
    boolean any = count > 0 || chip.isSelected();
    shown(chip, any);
  }

  @FXML
  void toggleDetails() {
    onToggleDetails.run();
  }
}
