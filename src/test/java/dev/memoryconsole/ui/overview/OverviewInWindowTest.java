package dev.memoryconsole.ui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.ui.WindowTest;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** What is in the store, at a glance. */
class OverviewInWindowTest extends WindowTest {
  @Test
  void statesCategoriesScopesAndTheLastRunAreCounted() throws Exception {
    services.enricher.fail("m01", "The model did not answer within 30 s.");
    show(services.store("a.db", legacy(10)));
    key(KeyCode.DIGIT3, true, false);
    until(() -> on("#overviewSentence"));
    until(() -> says("10 memories; 10 are legacy and can be upgraded."));
    assertThat(says("No runs yet")).isTrue();
    press("#memories");
    click(0, true, false);
    click(1, true, false);
    press("#upgradeSelected");
    until(() -> says("Run 1 done"));
    press("#overview");
    until(() -> says("1 of 2 upgraded, 1 fell back, 0 failed"));
    until(() -> says("10 memories; 8 are legacy and can be upgraded."));
    assertThat(texts("#overviewStates")).contains("legacy", "8", "upgraded", "fallback", "1");
    assertThat(says("agent:main")).isTrue();
    assertThat(says("preference")).isTrue();
  }

  @Test
  void anEmptyStoreSaysSo() throws Exception {
    show(null);
    picked = services.store("empty.db", List.of());
    key(KeyCode.O, true, false);
    until(() -> on("#overview"));
    press("#overview");
    until(() -> says("This store is empty."));
  }

  private List<String> texts(String box) {
    return ask(
        () ->
            node(box, Parent.class).lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(node -> ((Label) node).getText())
                .toList());
  }
}
