package dev.memoryconsole.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

class LaterTest {
  private final List<Pane> made = new ArrayList<>();
  private final Later<String> later =
      new Later<>(
          () -> {
            Pane view = new Pane();
            made.add(view);
            return new View<>(view, "controller " + made.size());
          });

  @Test
  void isBuiltOnceAndWhenItIsNeeded() {
    assertThat(later.isBuilt()).isFalse();
    assertThat(made).isEmpty();

    assertThat(later.controller()).isEqualTo("controller 1");
    later.build();

    assertThat(later.isBuilt()).isTrue();
    assertThat(later.place()).isSameAs(made.getFirst());
    assertThat(made).hasSize(1);
  }

  @Test
  void takesThePlaceThatWasKeptForIt() {
    Pane before = new Pane();
    Pane after = new Pane();
    StackPane parent = new StackPane(before, later.place(), after);
    assertThat(later.place().isVisible()).isFalse();

    later.build();

    assertThat(parent.getChildren()).containsExactly(before, made.getFirst(), after);
  }

  @Test
  void tellsWhoeverWaitsBeforeItIsShown() {
    StackPane parent = new StackPane(later.place());
    List<Parent> told = new ArrayList<>();
    later.whenBuilt(
        view -> {
          assertThat(parent.getChildren()).doesNotContain(view);
          told.add(view);
        });

    later.build();
    later.whenBuilt(told::add);

    assertThat(told).containsExactly(made.getFirst(), made.getFirst());
  }
}
