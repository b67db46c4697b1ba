package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.text.JsonText;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Moments;
import dev.memoryconsole.ui.common.text.Times;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The memories of a mend: what each is and would become. A click on its box, or Space, leaves out.
 */
final class MendTable {
  private static final String KEPT = "mend-kept";
  private static final String OTHER = "mend-other";

  private final TableView<MendPreview.Item> table;
  private final MendViewModel model;
  private final Messages messages;
  private final Times times;
  private MendLook.@Nullable Seen drawn;

  MendTable(
      TableView<MendPreview.Item> table, MendViewModel model, Messages messages, Times times) {
    this.table = table;
    this.model = model;
    this.messages = messages;
    this.times = times;
    Cells.plain(table);
    table.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
  }

  void draw(
      TableColumn<MendPreview.Item, MendPreview.Item> take,
      TableColumn<MendPreview.Item, MendPreview.Item> memory,
      TableColumn<MendPreview.Item, MendPreview.Item> change) {
    Cells.draw(take, this::box);
    Cells.draw(
        memory,
        (cell, item) -> {
          cell.setText(item.title());
          Cells.tooltip(cell, item.title());
          cell.getStyleClass().removeAll(KEPT, OTHER);
          if (MendLook.keeper(item) != null) {
            cell.getStyleClass().add(MendLook.isKept(item) ? KEPT : OTHER);
          }
        });
    Cells.draw(
        change,
        (cell, item) -> {
          String words = words(item);
          cell.setText(words);
          cell.getStyleClass().remove("muted");
          if (item.fit() != MendPlan.Fit.OPEN) {
            cell.getStyleClass().add("muted");
          }
          Cells.tooltip(cell, words);
        });
  }

  /** Shows what was seen, at the same place if it is seen already. */
  void show(MendLook.@Nullable Seen seen) {
    if (seen == null || !seen.equals(drawn)) {
      drawn = seen;
      MendPreview.Item chosen = chosen();
      table.setItems(
          seen == null
              ? FXCollections.observableArrayList()
              : FXCollections.observableList(seen.preview().items()));
      choose(chosen);
    } else {
      table.refresh();
    }
  }

  /** The memory that is chosen; null if none is. */
  MendPreview.@Nullable Item chosen() {
    return table.getSelectionModel().getSelectedItem();
  }

  private void choose(MendPreview.@Nullable Item before) {
    table.getSelectionModel().clearSelection();
    for (int i = 0; before != null && i < table.getItems().size(); i++) {
      if (table.getItems().get(i).id().equals(before.id())) {
        table.getSelectionModel().select(i);
        return;
      }
    }
  }

  private void box(TableCell<MendPreview.Item, MendPreview.Item> cell, MendPreview.Item item) {
    cell.setAlignment(Pos.CENTER);
    if (item.fit() != MendPlan.Fit.OPEN) {
      return;
    }
    CheckBox box = new CheckBox();
    box.setSelected(isTaken(item));
    box.setFocusTraversable(false);
    // The cell handles the click, wherever it hits it.
    box.setMouseTransparent(true);
    cell.setGraphic(box);
    cell.setOnMouseClicked(event -> clicked(event, cell.getItem()));
  }

  private void clicked(MouseEvent event, MendPreview.@Nullable Item item) {
    if (item != null && event.getButton() == MouseButton.PRIMARY) {
      toggle(item);
    }
  }

  private void keyPressed(KeyEvent event) {
    MendPreview.Item item = chosen();
    if (event.getCode() == KeyCode.SPACE && item != null) {
      toggle(item);
      event.consume();
    }
  }

  private void toggle(MendPreview.Item item) {
    if (item.fit() == MendPlan.Fit.OPEN) {
      model.take(item.id(), !isTaken(item));
    }
  }

  private boolean isTaken(MendPreview.Item item) {
    MendViewModel.Shown now = model.shown().get();
    return now != null && !now.without().contains(item.id());
  }

  private String words(MendPreview.Item item) {
    return switch (item.fit()) {
      case OPEN -> planned(item.plan());
      case DONE -> messages.get("mend.fit.done");
      case CHANGED -> messages.get("mend.fit.changed");
      case CORPUS -> messages.get("mend.fit.corpus");
      case UNWRITABLE -> messages.get("mend.fit.unwritable");
    };
  }

  private String planned(MendPlan plan) {
    if (plan.deletes()) {
      return messages.get("mend.fit.deleted");
    }
    String changes = plan.changes().stream().map(this::change).collect(Collectors.joining("  ·  "));
    return plan instanceof MendPlan.Merge merge && merge.fate() == MendPlan.Merge.Fate.KEPT
        ? messages.get("mend.fit.kept", changes.isEmpty() ? 0 : 1, changes)
        : changes;
  }

  private String change(MendPlan.Change change) {
    String field = change.field();
    return messages.get(
        "mend.change",
        MendWords.field(field, messages),
        value(field, change.before()),
        value(field, change.after()));
  }

  private String value(String field, @Nullable String json) {
    String value = json == null ? "" : JsonText.value(json);
    if (value.isBlank() || value.equals("\"\"") || value.equals("null")) {
      return "–";
    }
    Long time = Moments.of(field, String.valueOf(json));
    return time == null ? value : times.relative(time);
  }
}
