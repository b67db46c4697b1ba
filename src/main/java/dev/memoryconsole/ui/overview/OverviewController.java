package dev.memoryconsole.ui.overview;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.table.StateBadge;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Binds the overview to its view model. */
public final class OverviewController {
  private final OverviewViewModel model;

  @FXML private Label sentence;
  @FXML private GridPane states;
  @FXML private GridPane categories;
  @FXML private GridPane scopes;
  @FXML private VBox runs;
  @FXML private Label noRuns;

  /** Called by the loader. */
  public OverviewController(OverviewViewModel model) {
    this.model = model;
  }

  @FXML
  void initialize() {
    model.totals().addListener(value -> show());
    model.runs().addListener((value, before, now) -> showRuns(now));
    show();
    showRuns(model.runs().get());
  }

  private void show() {
    sentence.setText(model.sentence());
    states.getChildren().clear();
    for (OverviewViewModel.StateShare state : model.states()) {
      Label name = StateBadge.label(state.badge(), state.share().name());
      row(states, name, state.share(), state.badge().styleClass());
    }
    show(categories, model.categories());
    show(scopes, model.scopes());
  }

  private void show(GridPane grid, List<OverviewViewModel.Share> shares) {
    grid.getChildren().clear();
    for (OverviewViewModel.Share share : shares) {
      row(grid, new Label(share.name()), share, "share-plain");
    }
  }

  private void row(GridPane grid, Label name, OverviewViewModel.Share share, String style) {
    ProgressBar bar = new ProgressBar(share.ofAll());
    bar.getStyleClass().addAll("share-bar", style);
    bar.setMaxWidth(Double.MAX_VALUE);
    GridPane.setHgrow(bar, Priority.ALWAYS);
    Label count = new Label(model.count(share));
    count.getStyleClass().add("share-count");
    count.setMinWidth(Region.USE_PREF_SIZE);
    grid.addRow(grid.getRowCount(), name, bar, count);
  }

  private void showRuns(List<OverviewViewModel.Run> latest) {
    runs.getChildren().setAll(latest.stream().map(OverviewController::draw).toList());
    shown(noRuns, latest.isEmpty());
  }

  private static Node draw(OverviewViewModel.Run run) {
    Label title = new Label(run.title(), StateBadge.shape(run.badge()));
    title.getStyleClass().add("run-title");
    Label when = new Label(run.when());
    when.getStyleClass().add("muted");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(title, space, when);
    head.getStyleClass().add("run-cell-line");
    VBox box = new VBox(head, new Label(run.figures()));
    if (!run.usage().isEmpty()) {
      Label usage = new Label(run.usage());
      usage.getStyleClass().add("muted");
      box.getChildren().add(usage);
    }
    box.getStyleClass().add("overview-run");
    return box;
  }
}
