package dev.memoryconsole.ui.locks.waits;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import java.util.ArrayList;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** Binds who waits for whom. */
public final class WaitsController {
  /** As many as leave room for the rest of the screen. */
  private static final int MOST_ROWS = 5;

  private final WaitsViewModel model;
  private final Messages messages;
  private final WaitWords words;
  private final List<WaitRow> rows = new ArrayList<>();

  @FXML private VBox root;
  @FXML private GridPane grid;
  @FXML private Label nobody;
  @FXML private Label more;
  @FXML private Label hidden;

  /** Called by the loader. */
  public WaitsController(WaitsViewModel model, Messages messages, Times times) {
    this.model = model;
    this.messages = messages;
    this.words = new WaitWords(messages, times);
  }

  @FXML
  void initialize() {
    for (int i = 0; i < MOST_ROWS; i++) {
      WaitRow row = new WaitRow(words);
      row.addTo(grid, i + 1);
      rows.add(row);
    }
    model.waits().addListener((value, before, now) -> show(now));
    show(model.waits().get());
  }

  private void show(ShownWaits waits) {
    shown(root, waits.told() || !waits.isEmpty());
    shown(grid, !waits.isEmpty());
    shown(nobody, waits.isEmpty());
    int all = waits.now().size() + waits.before().size();
    for (int i = 0; i < rows.size(); i++) {
      if (i >= all) {
        rows.get(i).hide();
      } else if (i < waits.now().size()) {
        rows.get(i).show(waits.now().get(i), true);
      } else {
        SeenWait past = waits.before().get(i - waits.now().size());
        rows.get(i).show(past, false);
      }
    }
    int beyond = all - rows.size();
    shown(more, beyond > 0);
    more.setText(messages.get("waits.more", Math.max(beyond, 1)));
    shown(hidden, !waits.hiddenFrom().isEmpty());
    hidden.setText(messages.get("waits.hidden", waits.hiddenFrom()));
  }
}
