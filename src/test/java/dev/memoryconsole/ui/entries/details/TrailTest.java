package dev.memoryconsole.ui.entries.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way along links, and back. */
class TrailTest {
  private final List<String> opened = new ArrayList<>();
  private final Trail trail = new Trail(opened::add);

  private void follow(String id) {
    trail.follow(id);
    trail.arrived(id);
  }

  private void back() {
    trail.back();
    trail.arrived(opened.getLast());
  }

  @Test
  void leadsBackStepByStep() {
    trail.arrived("a");
    follow("b");
    follow("c");
    follow("a");
    back();
    assertThat(opened).endsWith("c");
    back();
    assertThat(opened).endsWith("b");
    assertThat(trail.any().get()).isTrue();
    back();
    assertThat(opened).endsWith("a");
    assertThat(trail.any().get()).isFalse();
    trail.back();
    assertThat(opened).hasSize(6);
  }

  @Test
  void isForgottenByWhoGoesElsewhere() {
    trail.arrived("a");
    follow("b");
    trail.arrived("x");
    assertThat(trail.any().get()).isFalse();
    follow("y");
    assertThat(trail.any().get()).isTrue();
    trail.arrived(null);
    assertThat(trail.any().get()).isFalse();
  }

  @Test
  void aMemoryThatIsReadAgainOrNeverArrivesChangesNothing() {
    trail.arrived("a");
    follow("b");
    trail.arrived("b");
    assertThat(trail.any().get()).isTrue();
    trail.follow("gone");
    back();
    assertThat(opened).endsWith("a");
    assertThat(trail.any().get()).isFalse();
  }
}
