package dev.memoryconsole.ui.entries;

import static dev.memoryconsole.ui.common.Shown.shown;

import atlantafx.base.controls.CustomTextField;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.table.ColumnFit;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.controlsfx.control.CheckComboBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the memories screen to its view model. */
public final class EntriesController {
  private static final double DIVIDER = 0.66;

  private final EntriesViewModel model;
  private final Messages messages;
  private final Times times;
  private final CheckBox all = new CheckBox();
  private boolean binding;
  private boolean wide = true;

  @FXML private SplitPane root;
  @FXML private VBox main;
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
  @FXML private TableView<MemoryRow> table;
  @FXML private ActionBarController actionBarController;
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
    Icons.name(detailsButton, messages.get("entries.toggleDetails"));
    detailsButton.setGraphic(Icons.of(Feather.SIDEBAR));
    bindTable();
    bindFilter();
    bindActions();
    actionBarController.onPreview(this::preview);
    detailsController.onClose(this::toggleDetails);
    root.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    SplitPane.setResizableWithParent(details, false);
    root.setDividerPositions(DIVIDER);
    // A narrow window begins with the table alone.
    root.widthProperty()
        .addListener(
            (value, before, now) -> {
              boolean wideNow = now.doubleValue() >= 1000;
              if (wideNow != wide) {
                wide = wideNow;
                showDetails(wide);
              }
            });
    showAll();
  }

  /** Puts the cursor into the search field. */
  public void focusSearch() {
    search.requestFocus();
    search.selectAll();
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

  private void bindTable() {
    MemoryTable rows = new MemoryTable(table, model);
    rows.draw(messages, times, all);
    all.setAccessibleText(messages.get("entries.chooseAll"));
    all.setOnAction(
        event -> {
          if (all.isSelected()) {
            model.selection().chooseAllMatching();
          } else {
            model.selection().clear();
          }
        });
    ColumnFit<MemoryRow> fit = rows.fit();
    for (TableColumn<MemoryRow, ?> column : fit.hideable().reversed()) {
      CheckMenuItem item = new CheckMenuItem(column.getText());
      item.setSelected(true);
      item.selectedProperty().addListener((value, before, now) -> fit.want(column, now));
      columns.getItems().add(item);
    }
    // The store sorts, not the table: it holds only the pages somebody looked at.
    table.setSortPolicy(
        any -> {
          if (binding) {
            return true;
          }
          TableColumn<MemoryRow, ?> by =
              table.getSortOrder().isEmpty() ? null : table.getSortOrder().getFirst();
          model.sortBy(
              by == null ? null : by.getId(),
              by != null && by.getSortType() == TableColumn.SortType.ASCENDING);
          return true;
        });
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null && now.isLoaded() && !binding) {
                model.current().set(now);
              }
            });
    model.rows().addListener((value, before, now) -> show(now));
  }

  private void show(LazyList<MemoryRow> rows) {
    int at = table.getSelectionModel().getSelectedIndex();
    MemoryRow current = model.current().get();
    List<TableColumn<MemoryRow, ?>> order = List.copyOf(table.getSortOrder());
    binding = true;
    table.setItems(rows);
    // A table forgets its sort order with its items.
    table.getSortOrder().setAll(order);
    binding = false;
    MemoryRow there = at >= 0 && at < rows.size() ? rows.loaded(at) : null;
    if (current != null && there != null && there.id().equals(current.id())) {
      table.getSelectionModel().clearAndSelect(at);
    }
    showAll();
  }

  private void bindFilter() {
    search
        .textProperty()
        .addListener(
            (value, before, now) -> {
              if (!binding) {
                model.type(now);
              }
            });
    new FacetBox(scopes, messages, "entries.scopes", "entries.noScope", model::scopes)
        .bind(model.totalsProperty(), Session.Totals::byScope, model.filter(), Filter::scopes);
    new FacetBox(
            categories, messages, "entries.categories", "entries.noCategory", model::categories)
        .bind(
            model.totalsProperty(), Session.Totals::byCategory, model.filter(), Filter::categories);
    chip(legacyChip, Badge.LEGACY, MemoryState.LEGACY);
    chip(upgradedChip, Badge.UPGRADED, MemoryState.UPGRADED);
    chip(fallbackChip, Badge.FALLBACK, MemoryState.FALLBACK);
    chip(failedChip, Badge.FAILED, null);
    chip(corpusChip, Badge.CORPUS, MemoryState.CORPUS);
    corpusChip.setTooltip(new Tooltip(messages.get("chip.corpus.tip")));
    stampedChip.setGraphic(StateBadge.shape(Badge.STAMPED));
    stampedChip.setTooltip(new Tooltip(messages.get("chip.stamped.tip")));
    stampedChip.setOnAction(event -> model.stamped(stampedChip.isSelected()));
    model.filter().addListener((value, before, now) -> showFilter(now));
    model.totalsProperty().addListener(value -> showAll());
  }

  private void chip(ToggleButton chip, Badge badge, @Nullable MemoryState state) {
    chip.setGraphic(StateBadge.shape(badge));
    chip.setOnAction(
        event -> {
          if (state == null) {
            model.failed(chip.isSelected());
          } else {
            model.state(state, chip.isSelected());
          }
        });
  }

  private void showFilter(Filter filter) {
    binding = true;
    if (!search.getText().equals(filter.words())) {
      search.setText(filter.words());
    }
    legacyChip.setSelected(filter.states().contains(MemoryState.LEGACY));
    upgradedChip.setSelected(filter.states().contains(MemoryState.UPGRADED));
    fallbackChip.setSelected(filter.states().contains(MemoryState.FALLBACK));
    failedChip.setSelected(filter.failed());
    corpusChip.setSelected(filter.states().contains(MemoryState.CORPUS));
    stampedChip.setSelected(filter.stamped());
    binding = false;
    showAll();
  }

  private void bindActions() {
    model.selection().size().addListener(value -> showAll());
    model.matching().addListener(value -> showAll());
    model.content().addListener(value -> showAll());
  }

  private void showAll() {
    Session.Totals totals = model.totals();
    legacyChip.setText(messages.get("chip.legacy", totals.legacy()));
    upgradedChip.setText(messages.get("chip.upgraded", totals.upgraded()));
    fallbackChip.setText(messages.get("chip.fallback", totals.fallback()));
    failedChip.setText(messages.get("chip.failed", totals.failedIds().size()));
    stampedChip.setText(messages.get("chip.stamped", totals.stamped()));
    shownIfAny(stampedChip, totals.stamped());
    corpusChip.setText(messages.get("chip.corpus", totals.corpus()));
    shownIfAny(corpusChip, totals.corpus());
    matching.setText(messages.get("entries.matching", model.matching().get()));
    long chosen = model.selection().size().get();
    all.setIndeterminate(chosen > 0 && chosen < model.matching().get());
    all.setSelected(chosen > 0 && chosen == model.matching().get());
    EntriesViewModel.Content content = model.content().get();
    table.setVisible(
        content == EntriesViewModel.Content.ROWS || content == EntriesViewModel.Content.LOADING);
  }

  /** What few stores have takes no place where there is none of it. */
  private static void shownIfAny(ToggleButton chip, long count) {
    boolean any = count > 0 || chip.isSelected();
    shown(chip, any);
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

  @FXML
  void toggleDetails() {
    showDetails(!root.getItems().contains(details));
  }

  private void preview() {
    model.showFirstSelected();
    showDetails(true);
    detailsController.showDiff();
  }
}
