package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.ui.common.table.Cells;
import dev.memoryconsole.ui.common.text.JsonText;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.List;
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
  private final TableView<MendPreview.Item> table;
  private final MendViewModel model;
  private final Messages messages;
  private MendViewModel.@Nullable Seen drawn;

  MendTable(TableView<MendPreview.Item> table, MendViewModel model, Messages messages) {
    this.table = table;
    this.model = model;
    this.messages = messages;
    Cells.plain(table);
    table.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
  }

  void draw(
      TableColumn<MendPreview.Item, MendPreview.Item> take,
      TableColumn<MendPreview.Item, MendPreview.Item> memory,
      TableColumn<MendPreview.Item, MendPreview.Item> change) {
    Cells.draw(take, this::box);
    Cells.longText(memory, MendPreview.Item::title, MendPreview.Item::title);
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
  void show(MendViewModel.@Nullable Seen seen) {
    if (seen == null || !seen.equals(drawn)) {
      drawn = seen;
      table.setItems(
          seen == null
              ? FXCollections.observableArrayList()
              : FXCollections.observableList(seen.preview().items()));
    } else {
      table.refresh();
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
    MendPreview.Item item = table.getSelectionModel().getSelectedItem();
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
      case OPEN -> changes(item.plan().changes());
      case DONE -> messages.get("mend.fit.done");
      case CHANGED -> messages.get("mend.fit.changed");
      case CORPUS -> messages.get("mend.fit.corpus");
      case UNWRITABLE -> messages.get("mend.fit.unwritable");
    };
  }

  private String changes(List<MendPlan.Change> changes) {
    if (changes.isEmpty()) {
      return messages.get("mend.fit.deleted");
    }
    return changes.stream()
        .map(
            change ->
                messages.get(
                    "mend.change", change.field(), value(change.before()), value(change.after())))
        .collect(Collectors.joining("  ·  "));
  }

  private static String value(@Nullable String json) {
    String value = json == null ? "" : JsonText.value(json);
    return value.isBlank() || value.equals("\"\"") || value.equals("null") ? "–" : value;
  }
}
