package dev.memoryconsole.ui.about;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.about.Build;
import dev.memoryconsole.about.ThirdParty;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import org.junit.jupiter.api.Test;

class AboutInWindowTest extends WindowTest {
  @Test
  void theWindowTellsWhichBuildItIsAndWhatIsInside() throws Exception {
    show(services.store("agent.db", legacy(3)));
    run(
        () ->
            node("#help", MenuButton.class).getItems().stream()
                .filter(item -> "aboutItem".equals(item.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
    until(() -> on("#aboutVersion"));
    assertThat(ask(() -> node("#aboutVersion", Label.class).getText()))
        .isEqualTo(Build.NAME + " " + Build.current().version());
    assertThat(ask(() -> root().lookup(".about-parts") instanceof GridPane)).isTrue();
    int parts = ask(() -> node(".about-parts", GridPane.class).getRowCount());
    assertThat(parts).isEqualTo(ThirdParty.inside().size());
    Pictures.shoot(stage, "about");
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#aboutVersion"));
  }
}
