package dev.memoryconsole.enrich.llm.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When bad answers are no fault of the memories any more. */
class SuspicionTest {
  private final Suspicion suspicion = new Suspicion(5);

  @Test
  void fiveInARowAreEnoughBeforeAnythingWasRight() {
    assertThat(wrong(4)).isFalse();
    assertThat(suspicion.wrong(false)).isTrue();
  }

  @Test
  void eightOfTenAreEnoughWhereTheEndpointWasAwayInBetween() {
    wrong(4);
    suspicion.unanswered();
    assertThat(wrong(3)).isFalse();
    assertThat(suspicion.wrong(false)).isTrue();
  }

  @Test
  void whoWasRightOnceMayBeWrongForLonger() {
    suspicion.right();
    assertThat(wrong(24)).isFalse();
    assertThat(suspicion.wrong(false)).isTrue();
  }

  @Test
  void aTrialAfterBadAnswersEndsAtTheNextOne() {
    wrong(5);
    suspicion.onTrial();
    assertThat(suspicion.wrong(false)).isTrue();
  }

  @Test
  void aTrialAfterAnOutageDoubtsNoAnswers() {
    suspicion.right();
    suspicion.unanswered();
    suspicion.onTrial();
    assertThat(wrong(20)).isFalse();
  }

  @Test
  void tenFailuresOfAnyKindAreEnoughBeforeAnythingWasRight() {
    for (int i = 0; i < 4; i++) {
      assertThat(suspicion.wrong(false)).isFalse();
      assertThat(suspicion.unanswered()).isFalse();
    }
    assertThat(suspicion.wrong(false)).isFalse();
    assertThat(suspicion.unanswered()).isTrue();
  }

  @Test
  void anOutageIsNotHeldAgainstTheAnswersAfterIt() {
    suspicion.right();
    for (int i = 0; i < 24; i++) {
      suspicion.unanswered();
    }
    suspicion.away();
    assertThat(suspicion.wrong(false)).isFalse();
  }

  private boolean wrong(int times) {
    boolean raised = false;
    for (int i = 0; i < times; i++) {
      raised = suspicion.wrong(false);
    }
    return raised;
  }
}
