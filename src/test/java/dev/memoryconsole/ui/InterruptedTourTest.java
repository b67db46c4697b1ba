package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.look.Theme;
import java.nio.file.Path;
import java.util.Locale;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes pictures of what was interrupted and what is taken back. */
class InterruptedTourTest extends TourTest {
  @ParameterizedTest
  @EnumSource(Theme.class)
  void whatWasInterruptedAndWhatIsTakenBack(Theme theme) throws Exception {
    suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    Path store = services.store("agent-main.db", TestServices.demoRows());
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(120);
      show(store, Locale.ENGLISH, theme, WIDTH, HEIGHT);
      press("#runs");
      until(() -> says("Running in another Memory Console") && !says("…"));
      shoot("60-elsewhere");
      press("#memories");
      press("#upgradeAll");
      press("#yes");
      until(() -> on(".notification"));
      shoot("61-refused");
      press("#runs");
      other.kill();
    }
    until(() -> on("#resumeOffered"));
    shoot("62-offer-runs");
    press("#memories");
    shoot("63-offer");
    services.enricher.hold();
    services.enricher.permit(60);
    press("#resumeOffered");
    press("#expand");
    until(() -> table("#outcomes").getItems().size() >= 50);
    shoot("64-resumed");
    services.enricher.release();
    until(() -> says("Run 1 done"));
    press("#expand");
    press("#runs");
    until(() -> on("#undoRun"));
    run(() -> table("#runEntries").getSelectionModel().selectRange(0, 6));
    until(() -> says("What this run wrote"));
    shoot("65-chosen");
    press("#undoRun");
    until(() -> on("#yes"));
    shoot("66-ask-undo");
    press("#yes");
    until(() -> says("undo done"));
    until(() -> says("undone by run 2"));
    run(() -> node("#runList", ListView.class).getSelectionModel().select(0));
    until(() -> says("undo of run 1") && !says("…"));
    run(() -> table("#runEntries").getSelectionModel().select(0));
    until(() -> says("took back"));
    shoot("67-undone");
    press("#memories");
    press("#legacyChip");
    until(() -> table().getItems().size() == 242);
    click(0, false, false);
    tab(3);
    until(() -> on("#undoPast"));
    run(() -> node("#history", TableView.class).getSelectionModel().select(1));
    shoot("68-history");
    assertThat(DIRECTORY.resolve("68-history" + suffix + ".png")).exists();
  }

  @Test
  void smallAndInterrupted() throws Exception {
    Path store = services.store("agent-main.db", TestServices.demoRows());
    try (OtherConsole other = new OtherConsole(store, services.journal())) {
      other.upgrade(120);
    }
    show(store, Locale.SIMPLIFIED_CHINESE, Theme.DARK, 900, 600);
    until(() -> on("#resumeOffered"));
    shoot("70-small-offer-chinese");
    services.enricher.hold();
    services.enricher.permit(60);
    press("#resumeOffered");
    press("#expand");
    until(() -> table("#outcomes").getItems().size() >= 50);
    shoot("71-small-resumed-chinese");
    press("#cancel");
    until(() -> on("#resume"));
    press("#runs");
    until(() -> on("#undoRun") && on("#resumeRun"));
    shoot("72-small-runs-chinese");
    press("#undoRun");
    until(() -> on("#yes"));
    shoot("73-small-undo-chinese");
    assertThat(DIRECTORY.resolve("73-small-undo-chinese.png")).exists();
  }
}
