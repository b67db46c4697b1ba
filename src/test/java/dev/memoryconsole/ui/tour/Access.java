package dev.memoryconsole.ui.tour;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.Spinner;
import javafx.scene.control.Toggle;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Whether everybody can use a place: what can be used has a name, is reached by Tab and shows that
 * it has the focus; what can be read stands out. In either colours.
 */
final class Access implements EveryPlace.Visitor {
  // What WCAG 2 asks of what is not text, and a line along the shortest of all controls.
  private static final double RING = 3;
  private static final int LEAST_RING = 16;
  private static final int MOST_TABS = 200;

  /** What a control is in that has the focus. */
  static final List<PseudoClass> FOCUS =
      Stream.of("focused", "focus-visible", "focus-within")
          .map(PseudoClass::getPseudoClass)
          .toList();

  private final Set<String> faults = new LinkedHashSet<>();
  private final IdentityHashMap<Node, Set<Boolean>> ringed = new IdentityHashMap<>();

  private final EveryPlace window;

  Access(EveryPlace window) {
    this.window = window;
  }

  /** What is wrong, each with where. */
  Set<String> faults() {
    return faults;
  }

  /** In the colours that the window has, and then in the other ones, in which it stays. */
  @Override
  public void at(String place) {
    look(place);
    EveryPlace.act(window::otherTheme);
    look(place + (EveryPlace.see(window::isDark) ? ", dark" : ", light"));
  }

  private void look(String place) {
    EveryPlace.act(() -> Contrast.check(place, window.scene(), window.top(), faults));
    List<Node> usable = EveryPlace.see(this::usable);
    for (Node control : usable) {
      if (EveryPlace.see(() -> name(control)).isBlank()) {
        faults.add(place + ": has no name: " + NodeText.where(control));
      }
    }
    if (!usable.isEmpty()) {
      byKeyboard(place, usable);
    }
  }

  /** Presses Tab until the focus is back, and looks at what shows that it was there. */
  private void byKeyboard(String place, List<Node> usable) {
    Node before = EveryPlace.see(() -> window.scene().getFocusOwner());
    Set<Node> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    EveryPlace.act(() -> usable.getFirst().requestFocus());
    for (int i = 0; i < MOST_TABS && EveryPlace.see(() -> step(place, reached)); i++) {
      // What follows of the focus' change comes before the next step.
    }
    for (Node control : usable) {
      if (!isReached(control, reached)) {
        faults.add(place + ": Tab does not reach " + NodeText.where(control));
      }
    }
    EveryPlace.act(
        () -> {
          if (before != null) {
            before.requestFocus();
          }
        });
  }

  /** Of a group of which one is chosen, arrows go to the others. */
  private static boolean isReached(Node control, Set<Node> reached) {
    if (control instanceof Toggle toggle && toggle.getToggleGroup() != null) {
      return toggle.getToggleGroup().getToggles().stream().anyMatch(reached::contains);
    }
    return reached.contains(control);
  }

  /** Looks at what has the focus, and presses Tab; false once it is back where it was. */
  private boolean step(String place, Set<Node> reached) {
    Node owner = window.scene().getFocusOwner();
    if (owner != null && !isWithin(owner, window.top())) {
      faults.add(place + ": Tab leaves what lies over the window for " + NodeText.where(owner));
      return false;
    }
    boolean first = reached.isEmpty();
    if (owner != null && !reached.add(owner)) {
      ringed(place, owner);
      return false;
    }
    // It came to the first one by no key, and comes by one in the end.
    if (owner != null && !first) {
      ringed(place, owner);
    }
    tab(owner == null ? window.scene().getRoot() : owner);
    return true;
  }

  private static boolean isWithin(Node node, Node whole) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.equals(whole)) {
        return true;
      }
    }
    return false;
  }

  private static void tab(Node owner) {
    Event.fireEvent(
        owner, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, false, false, false, false));
  }

  /** Compares a control that has the focus with the same one that has not. */
  private void ringed(String place, Node control) {
    if (!ringed.computeIfAbsent(control, any -> new HashSet<>()).add(window.isDark())) {
      return;
    }
    List<PseudoClass> states =
        FOCUS.stream().filter(control.getPseudoClassStates()::contains).toList();
    int[] with = Contrast.pixels(control);
    states.forEach(state -> control.pseudoClassStateChanged(state, false));
    int[] without = Contrast.pixels(control);
    states.forEach(state -> control.pseudoClassStateChanged(state, true));
    int seen = seen(with, without);
    if (seen < LEAST_RING) {
      faults.add(
          "%s: shows no focus but %d pixels: %s".formatted(place, seen, NodeText.where(control)));
    }
  }

  private static int seen(int[] with, int[] without) {
    if (with.length != without.length) {
      return Integer.MAX_VALUE;
    }
    int seen = 0;
    for (int i = 0; i < with.length; i++) {
      if (with[i] != without[i]
          && Contrast.between(Contrast.color(with[i]), Contrast.color(without[i])) >= RING) {
        seen++;
      }
    }
    return seen;
  }

  private List<Node> usable() {
    List<Node> found = new ArrayList<>();
    collect(window.top(), found);
    return found;
  }

  private static void collect(Node node, List<Node> found) {
    if (!node.isVisible() || node.isDisabled()) {
      return;
    }
    if (node.isFocusTraversable()) {
      found.add(node);
    }
    // Their text field is a part of them, which has and gives the focus as they do.
    if (node instanceof Spinner || node instanceof ComboBoxBase) {
      return;
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
    }
  }

  private static String name(Node control) {
    String given = control.getAccessibleText();
    if (given == null && control instanceof Labeled labeled) {
      given = labeled.getText();
    }
    return given == null ? "" : given;
  }
}
