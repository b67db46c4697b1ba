package dev.memoryconsole.ui.overview;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.ui.common.Ages;
import dev.memoryconsole.ui.common.Reveal;
import dev.memoryconsole.ui.common.table.StateBadge;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Binds the overview to its view model. */
public final class OverviewController {
  private final OverviewViewModel model;
  private final Messages messages;
  private final Times times;
  private final Consumer<String> showMatching;
  private final Consumer<String> showMemory;
  private final Map<String, Section> drawn = new HashMap<>();

  @FXML private ScrollPane page;
  @FXML private Label sentence;
  @FXML private HBox waiting;
  @FXML private Label waitingWords;
  @FXML private Button stop;
  @FXML private Button again;
  @FXML private Node busy;
  @FXML private SectionColumns sections;
  @FXML private VBox runs;
  @FXML private Label noRuns;

  /**
   * Called by the loader.
   *
   * @param showMatching shows the memories that a text finds
   * @param showMemory shows the details of a memory
   */
  OverviewController(
      OverviewViewModel model,
      Messages messages,
      Times times,
      Consumer<String> showMatching,
      Consumer<String> showMemory) {
    this.model = model;
    this.messages = messages;
    this.times = times;
    this.showMatching = showMatching;
    this.showMemory = showMemory;
  }

  @FXML
  void initialize() {
    model.sections().addListener(value -> show());
    model.counts().progress().addListener(value -> showWaiting());
    model.runs().addListener((value, before, now) -> showRuns(now));
    show();
    showWaiting();
    showRuns(model.runs().get());
  }

  /** Puts the focus on the first row. */
  void focus() {
    sections.lookupAll(".share-row").stream().findFirst().ifPresent(Node::requestFocus);
  }

  private void show() {
    sentence.setText(model.sentence());
    List<Section> wanted = model.sections().get();
    for (int i = 0; i < wanted.size(); i++) {
      Section section = wanted.get(i);
      if (section.equals(drawn.put(section.id(), section))) {
        continue;
      }
      VBox box = draw(section);
      if (sections.getChildren().size() <= i + 1) {
        // The runs stay the last.
        sections.getChildren().add(i, box);
      } else {
        replace(i, box);
      }
    }
    showWaiting();
  }

  /** What has the focus keeps its place, so that counting anew takes nobody's keyboard away. */
  private void replace(int place, VBox box) {
    Node old = sections.getChildren().get(place);
    int at = focused(old);
    sections.getChildren().set(place, box);
    if (at >= 0 && at < box.getChildren().size()) {
      box.getChildren().get(at).requestFocus();
    }
  }

  private static int focused(Node old) {
    List<Node> rows = ((VBox) old).getChildren();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isFocused()) {
        return i;
      }
    }
    return -1;
  }

  private VBox draw(Section section) {
    Label title = new Label(messages.get(section.title()));
    title.getStyleClass().add("settings-title");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label total = new Label(section.total());
    total.getStyleClass().addAll("muted", "share-total");
    HBox head = new HBox(title, space, total);
    head.getStyleClass().add("share-head");
    VBox box = new VBox(head);
    box.setId("overview-" + section.id());
    box.getStyleClass().add("overview-section");
    for (int i = 0; i < section.pending(); i++) {
      Label pending = new Label(i == 0 ? messages.get("overview.pending") : "");
      pending.getStyleClass().addAll("muted", "share-pending");
      box.getChildren().add(pending);
    }
    if (section.pending() > 0) {
      return box;
    }
    if (section.rows().isEmpty()) {
      Label nothing = new Label(messages.get("overview.nothing"));
      nothing.getStyleClass().add("muted");
      box.getChildren().add(nothing);
    }
    for (Section.Row row : section.rows()) {
      ShareRow button = new ShareRow(row);
      if (row.apart()) {
        button.getStyleClass().add("apart");
      }
      button.setOnAction(event -> act(row.action()));
      button
          .focusedProperty()
          .addListener(
              (value, before, now) -> {
                if (now) {
                  Reveal.within(page, button);
                }
              });
      box.getChildren().add(button);
    }
    return box;
  }

  private void act(Section.Action action) {
    switch (action) {
      case Section.Action.Filter filter -> showMatching.accept(filter.query());
      case Section.Action.Memory memory -> showMemory.accept(memory.id());
      case Section.Action.Expand expand -> model.expand(expand.facet());
      case Section.Action.None _ -> {}
    }
  }

  private void showWaiting() {
    String words = model.waiting();
    boolean stopped = model.counts().progress().get() == FacetCounts.Progress.STOPPED;
    waitingWords.setText(words);
    shown(waiting, !words.isEmpty());
    shown(stop, !stopped);
    shown(busy, !stopped);
    shown(again, stopped);
  }

  @FXML
  void stop() {
    model.counts().stop();
  }

  @FXML
  void again() {
    model.counts().again();
  }

  private void showRuns(List<LatestRuns.Run> latest) {
    runs.getChildren().setAll(latest.stream().map(this::draw).toList());
    shown(noRuns, latest.isEmpty());
  }

  private Node draw(LatestRuns.Run run) {
    Label title = new Label(run.title(), StateBadge.shape(run.badge()));
    title.getStyleClass().add("run-title");
    Label when = new Label();
    Ages.show(when, times, run.at());
    when.getStyleClass().add("muted");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(title, space, when);
    head.getStyleClass().add("run-cell-line");
    VBox box = new VBox(head, wrapped(run.figures()));
    if (!run.usage().isEmpty()) {
      Label usage = wrapped(run.usage());
      usage.getStyleClass().add("muted");
      box.getChildren().add(usage);
    }
    box.getStyleClass().add("overview-run");
    return box;
  }

  private static Label wrapped(String words) {
    Label label = new Label(words);
    label.setWrapText(true);
    return label;
  }
}
