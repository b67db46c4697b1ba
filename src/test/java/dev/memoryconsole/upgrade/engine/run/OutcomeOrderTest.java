package dev.memoryconsole.upgrade.engine.run;

import static dev.memoryconsole.journal.EntryState.FAILED;
import static dev.memoryconsole.journal.EntryState.SKIPPED;
import static dev.memoryconsole.journal.EntryState.UPGRADED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeOrderTest {
  private final OutcomeOrder order = new OutcomeOrder();

  @Test
  void tellsThemInTheOrderTheyCame() {
    order.add(7, UPGRADED);
    order.add(3, FAILED);
    order.add(7, UPGRADED);
    assertThat(order.positions(Set.of(), 0, 10)).containsExactly(7, 3, 7);
    assertThat(order.positions(Set.of(), 1, 1)).containsExactly(3);
    assertThat(order.positions(Set.of(), 3, 10)).isEmpty();
    assertThat(order.positions(Set.of(), 99, 10)).isEmpty();
    assertThat(order.count(Set.of())).isEqualTo(3);
  }

  @Test
  void passesOverThoseOfOtherStates() {
    for (int i = 0; i < 10_000; i++) {
      order.add(i, i % 10 == 0 ? FAILED : i % 2 == 0 ? SKIPPED : UPGRADED);
    }
    assertThat(order.count(Set.of(FAILED))).isEqualTo(1_000);
    assertThat(order.count(Set.of(FAILED, SKIPPED))).isEqualTo(5_000);
    assertThat(order.positions(Set.of(FAILED), 900, 3)).containsExactly(9_000, 9_010, 9_020);
    assertThat(order.positions(Set.of(FAILED, SKIPPED), 4_998, 10)).containsExactly(9_996, 9_998);
    assertThat(order.positions(Set.of(FAILED), 1_000, 1)).isEmpty();
  }
}
