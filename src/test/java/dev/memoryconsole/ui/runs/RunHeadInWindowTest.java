package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import java.nio.file.Files;
import java.util.Locale;
import javafx.scene.control.MenuButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the runs screen says of one run, and what it saves of it. */
class RunHeadInWindowTest extends WindowTest {
  private void save(String item) {
    run(
        () ->
            node("#report", MenuButton.class).getItems().stream()
                .filter(entry -> item.equals(entry.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
  }

  @Test
  void aRunIsReportedAsAPageAndAsATable() throws Exception {
    services.enricher.fail("m01", "The model did not answer within 30 s.");
    show(services.store("a.db", legacy(6)));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run 1 done"));
    press("#runs");
    until(() -> on("#report") && says("done"));
    picked = folder.resolve("run.html");
    save("reportHtml");
    until(() -> Files.exists(folder.resolve("run.html")));
    until(() -> !button("#report").isDisabled());
    picked = folder.resolve("run.csv");
    save("reportCsv");
    until(() -> Files.exists(folder.resolve("run.csv")));
    assertThat(asked)
        .containsExactly(FilePicker.Purpose.EXPORT_HTML, FilePicker.Purpose.EXPORT_CSV);
    assertThat(folder.resolve("run.html"))
        .content()
        .contains("Run 1 · upgrade", "<b>5</b> upgraded", "<b>1</b> fallback");
    assertThat(folder.resolve("run.csv")).content().hasLineCount(7);
  }

  @ParameterizedTest
  @CsvSource({"900, 560, 100, LIGHT", "900, 560, 200, DARK", "1440, 900, 100, DARK"})
  void theScreenInWindowsOfAllSizes(double width, double height, int percent, Theme theme)
      throws Exception {
    services.enricher.fail("m01", "The model did not answer within 30 s.");
    show(services.store("a.db", legacy(24)), Locale.ENGLISH, theme, width, height);
    run(() -> root().setStyle("-fx-font-size: " + 13 * percent / 100 + "px"));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run 1 done"));
    press("#runs");
    until(() -> on("#report") && on("#undoRun"));
    String name = "71-runs-%.0fx%.0f-%d".formatted(width, height, percent);
    Pictures.shoot(stage, name);
    press("#dismiss");
    openSnapshots();
    Pictures.shoot(stage, name + "-snapshots");
    assertThat(on("#takeSnapshot")).isTrue();
  }
}
