package dev.memoryconsole.ui.entries;

import dev.memoryconsole.ui.common.text.Messages;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.input.KeyEvent;
import javafx.util.StringConverter;
import org.controlsfx.control.CheckComboBox;

/** A box of values to filter by, with how many rows have each. */
final class FacetBox {
  private final CheckComboBox<String> box;
  private final Messages messages;
  private final String absent;
  private final String title;
  private Map<String, Long> counts = Map.of();
  private boolean filling;

  FacetBox(
      CheckComboBox<String> box,
      Messages messages,
      String title,
      String absent,
      Consumer<Set<String>> chosen) {
    this.box = box;
    this.messages = messages;
    this.absent = absent;
    this.title = messages.get(title);
    showTitle();
    box.setConverter(new Words());
    box.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    box.getCheckModel()
        .getCheckedItems()
        .addListener(
            (ListChangeListener<String>)
                change -> {
                  showTitle();
                  if (!filling) {
                    chosen.accept(new HashSet<>(box.getCheckModel().getCheckedItems()));
                  }
                });
  }

  /** Who sees it reads how many are chosen, who hears it which. */
  private void showTitle() {
    List<String> checked = box.getCheckModel().getCheckedItems();
    box.setTitle(
        checked.isEmpty() ? title : messages.get("entries.facetTitle", title, checked.size()));
    String names = checked.stream().map(this::name).collect(Collectors.joining(", "));
    box.setAccessibleText(
        checked.isEmpty() ? title : messages.get("entries.facetTitle", title, names));
  }

  private String name(String value) {
    return value.isEmpty() ? messages.get(absent) : value;
  }

  /** By itself the box opens for a mouse only. In the open list Space chooses. */
  private void keyPressed(KeyEvent event) {
    switch (event.getCode()) {
      case SPACE, ENTER, DOWN, F4 -> {
        box.show();
        event.consume();
      }
      default -> {
        // Any other key is somebody else's.
      }
    }
  }

  <S, F> void bind(
      ObservableValue<S> source,
      Function<S, Map<String, Long>> counted,
      ObservableValue<F> filter,
      Function<F, Set<String>> wanted) {
    source.addListener(
        (value, before, now) -> fill(counted.apply(now), wanted.apply(filter.getValue())));
    filter.addListener((value, before, now) -> check(wanted.apply(now)));
  }

  private void fill(Map<String, Long> now, Set<String> wanted) {
    if (now.equals(counts)) {
      return;
    }
    counts = new TreeMap<>(now);
    filling = true;
    box.getCheckModel().clearChecks();
    box.getItems().setAll(List.copyOf(counts.keySet()));
    filling = false;
    check(wanted);
  }

  private void check(Set<String> wanted) {
    if (wanted.equals(new HashSet<>(box.getCheckModel().getCheckedItems()))) {
      return;
    }
    filling = true;
    box.getCheckModel().clearChecks();
    wanted.stream().filter(box.getItems()::contains).forEach(box.getCheckModel()::check);
    filling = false;
  }

  private final class Words extends StringConverter<String> {
    @Override
    public String toString(String value) {
      return messages.get("entries.facet", name(value), counts.getOrDefault(value, 0L));
    }

    @Override
    public String fromString(String words) {
      throw new UnsupportedOperationException("The box is not editable.");
    }
  }
}
