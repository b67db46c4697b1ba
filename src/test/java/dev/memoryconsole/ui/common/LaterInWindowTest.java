package dev.memoryconsole.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.ui.WindowTest;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

/** What is done with the window before all of it is built. */
class LaterInWindowTest extends WindowTest {
  private void early(KeyCode key, boolean ctrl) {
    early =
        () -> {
          assertThat(!root().lookupAll("#settingsScroll, #helpText").isEmpty()).isFalse();
          Event.fireEvent(
              root(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, ctrl, false, false));
        };
  }

  @Test
  void aScreenIsBuiltWhenSomebodyGoesThere() {
    early(KeyCode.DIGIT6, true);
    show(null);
    until(() -> on("#settingsScroll"));
  }

  @Test
  void aPanelThatWasAskedForIsShownOnceItIsBuilt() {
    early(KeyCode.F1, false);
    show(null);
    until(() -> on("#helpText"));
  }
}
