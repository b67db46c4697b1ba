package dev.memoryconsole.ui.entries.find;

import java.util.List;
import java.util.function.Supplier;
import javafx.scene.control.TextArea;

/** Selects in a whole text what is searched for, where it occurs first. */
public final class FoundText {
  private Supplier<List<String>> phrases = List::of;
  private List<String> marked = List.of();

  /** Says what is searched for now. */
  public void searching(Supplier<List<String>> now) {
    phrases = now;
  }

  /** Shows a text from its beginning, or from where it has what is searched for. */
  public void show(TextArea area, String words) {
    if (!area.getText().equals(words)) {
      area.setText(words);
      area.positionCaret(0);
      mark(area);
    }
  }

  /** Something else is searched for; what somebody has selected stays if it is the same. */
  public void renew(TextArea area) {
    if (!marked.equals(phrases.get())) {
      mark(area);
    }
  }

  private void mark(TextArea area) {
    marked = List.copyOf(phrases.get());
    List<Matches.Place> places = Matches.in(area.getText(), marked);
    if (places.isEmpty()) {
      area.deselect();
    } else {
      // The caret is where it begins, and what the caret is at is scrolled to.
      area.selectRange(places.getFirst().to(), places.getFirst().from());
    }
  }
}
