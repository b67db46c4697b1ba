package dev.memoryconsole.ui.lab;

import dev.memoryconsole.lab.LabPlan;
import dev.memoryconsole.lab.LabResult;
import dev.memoryconsole.ui.common.dialog.WorkingPanel;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;

/** Binds the lab's panel to its view model. */
public final class LabController {
  private static final double TIMES_WIDTH = 170;

  private static final double PERCENT = 100;

  private final LabViewModel model;
  private final Messages messages;
  private final LogBars holds;
  private final LogBars waits;
  private final LogBars times;

  @FXML private StackPane root;
  @FXML private Label title;
  @FXML private Button close;
  @FXML private FlowPane parameters;
  @FXML private Spinner<Integer> entries;
  @FXML private Spinner<Integer> batchSize;
  @FXML private Spinner<Integer> modelMillis;
  @FXML private Spinner<Integer> modelFailures;
  @FXML private Spinner<Integer> writerMillis;
  @FXML private HBox charts;
  @FXML private Label hint;
  @FXML private TableView<LabResult> table;
  @FXML private TableColumn<LabResult, LabResult> strategy;
  @FXML private TableColumn<LabResult, LabResult> acquisitions;
  @FXML private TableColumn<LabResult, LabResult> writes;
  @FXML private TableColumn<LabResult, LabResult> failed;
  @FXML private TableColumn<LabResult, LabResult> lost;
  @FXML private TableColumn<LabResult, LabResult> elapsed;
  @FXML private HBox work;
  @FXML private ProgressBar progress;
  @FXML private Label workText;
  @FXML private Button cancel;
  @FXML private Button copy;
  @FXML private Button run;

  /** Called by the loader. */
  public LabController(LabViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    this.holds = new LogBars(messages.get("lab.holds"));
    this.waits = new LogBars(messages.get("lab.waits"));
    this.times = new LogBars(messages.get("lab.times"));
  }

  @FXML
  void initialize() {
    for (LogBars chart : List.of(holds, waits, times)) {
      HBox.setHgrow(chart, Priority.ALWAYS);
      chart.setPrefWidth(0);
      chart.setMinWidth(0);
    }
    // One figure a row instead of three.
    times.setMaxWidth(TIMES_WIDTH);
    charts.getChildren().addAll(holds, waits, times);
    Cells.text(strategy, result -> model.strategy(result.strategy()));
    Cells.number(acquisitions, result -> model.count(result.acquisitions()));
    Cells.number(writes, result -> model.count(result.writes()));
    Cells.number(failed, result -> model.count(result.failedWrites()));
    Cells.number(lost, result -> model.count(result.lostWrites()));
    Cells.number(elapsed, result -> model.millis((double) result.elapsedMillis()));
    Cells.plain(table);
    table.setItems(model.results());
    BooleanBinding busy =
        new WorkingPanel(root, work, workText, progress, cancel, close, run)
            .bind(
                messages.get("lab.close"),
                model.isOpen(),
                model.working(),
                () -> title.setText(messages.get("lab.title", model.storeName())),
                model::close);
    BooleanBinding none = Bindings.isEmpty(model.results());
    parameters.disableProperty().bind(busy);
    run.disableProperty().bind(busy);
    copy.disableProperty().bind(busy.or(none));
    hint.visibleProperty().bind(none);
    charts.visibleProperty().bind(none.not());
    model.results().addListener((ListChangeListener<LabResult>) change -> showCharts());
    showCharts();
  }

  private void showCharts() {
    holds.show(
        bars(
            r -> List.of(r.holds().p50(), r.holds().p99(), r.holds().max()),
            r -> model.quantiles(r.holds())));
    waits.show(
        bars(
            r -> List.of(r.writerWaits().p50(), r.writerWaits().p99(), r.writerWaits().max()),
            r -> model.quantiles(r.writerWaits())));
    times.show(
        bars(
            r -> List.of((double) r.elapsedMillis()),
            r -> model.millis((double) r.elapsedMillis())));
  }

  private List<LogBars.Bar> bars(
      Function<LabResult, List<Double>> millis, Function<LabResult, String> figures) {
    return model.results().stream()
        .map(
            result ->
                new LogBars.Bar(
                    model.brief(result.strategy()), millis.apply(result), figures.apply(result)))
        .toList();
  }

  @FXML
  void run() {
    model.run(
        new LabPlan(
            entries.getValue(),
            batchSize.getValue(),
            LabPlan.DEFAULT.concurrency(),
            modelMillis.getValue(),
            modelFailures.getValue() / PERCENT,
            writerMillis.getValue(),
            LabPlan.DEFAULT.patienceMillis()));
  }

  @FXML
  void cancel() {
    model.cancel();
  }

  @FXML
  void copy() {
    ClipboardContent content = new ClipboardContent();
    content.putString(model.markdown());
    Clipboard.getSystemClipboard().setContent(content);
    model.copied();
  }

  @FXML
  void close() {
    model.close();
  }
}
