package dev.memoryconsole.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.ui.WindowTest;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** What is laid out by the width it has. */
class WrappingLineInWindowTest extends WindowTest {
  private static final String WORDS =
      "What this run wrote, and the memory as it is now. ".repeat(4);

  @Test
  void aLineIsAsHighAsItsWordsAreAtTheWidthTheyGet() {
    WrappingLine line = new WrappingLine();
    Label words = words();
    words.setMinWidth(50);
    HBox.setHgrow(words, Priority.ALWAYS);
    line.getChildren().addAll(words, new Label("Check again"));
    put(new VBox(line), 800);
    assertThat(ask(line::getHeight)).isEqualTo(ask(() -> words.prefHeight(words.getWidth())));
  }

  @Test
  void aColumnInASplitPaneIsNeverLowerThanItsWords() {
    TallEnough column = new TallEnough();
    Label words = words();
    words.setMinHeight(Region.USE_PREF_SIZE);
    column.getChildren().add(words);
    SplitPane pane = new SplitPane(column);
    put(new VBox(pane), 200);
    double needed = ask(() -> words.prefHeight(words.getWidth()));
    assertThat(needed).as("several lines").isGreaterThan(60);
    assertThat(ask(() -> pane.minHeight(-1))).isGreaterThanOrEqualTo(needed);
  }

  private static Label words() {
    Label words = new Label(WORDS);
    words.setWrapText(true);
    return words;
  }

  private void put(VBox box, double width) {
    run(
        () -> {
          stage.setScene(new Scene(box, width, 400));
          stage.show();
        });
    WaitForAsyncUtils.waitForFxEvents();
    run(box::layout);
  }
}
