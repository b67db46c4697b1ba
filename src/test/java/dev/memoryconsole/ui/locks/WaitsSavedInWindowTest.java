package dev.memoryconsole.ui.locks;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Notification;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.app.OwnServices;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.shared.SharedTable;
import dev.memoryconsole.upgrade.shared.SharedTables;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who waits for whom, saved to files, and in windows of all kinds. */
@Tag("slow")
class WaitsSavedInWindowTest extends WindowTest {
  private final PostgresServer server = PostgresServer.shared();
  // There for as long as the window is.
  @AutoClose private final SharedTables tables = new SharedTables();

  WaitsSavedInWindowTest() {
    clock = Clock.systemUTC();
  }

  private String open(Locale locale, Theme theme, double width, double height) throws SQLException {
    SharedTable table = tables.of(9);
    show(
        OwnServices.in(folder, clock),
        clock,
        () -> UpgradeOptions.DEFAULT,
        null,
        locale,
        theme,
        width,
        height);
    openTable(table.url());
    press("#locks");
    return table.database();
  }

  /** What happens while one agent waits for another. */
  private interface Meanwhile {
    void happens() throws Exception;
  }

  private void whileOneWaits(String database, Meanwhile meanwhile) throws Exception {
    try (Connection holder = server.connect(PostgresServer.ADMIN, database);
        Connection waiter = server.connect(PostgresServer.ADMIN, database);
        Statement holds = holder.createStatement();
        Statement waits = waiter.createStatement()) {
      holder.setAutoCommit(false);
      holds.execute("SET application_name = 'support-agent'");
      holds.execute("UPDATE memories SET importance = 0.25 WHERE id = 'row7'");
      waits.execute("SET application_name = 'research-agent'");
      FutureTask<Integer> waiting =
          new FutureTask<>(
              () ->
                  waits.executeUpdate(
                      "UPDATE memories SET text = text || 'x', importance = 0.5 WHERE id ="
                          + " 'row7'"));
      Thread.ofVirtual().start(waiting);
      until(() -> on(".wait-name") && says("research-agent"));
      meanwhile.happens();
      holder.rollback();
      assertThat(waiting.get()).isEqualTo(1);
    }
  }

  private void export(String item) {
    run(
        () ->
            node("#exportLocks", MenuButton.class).getItems().stream()
                .filter(entry -> item.equals(entry.getId()) && entry.isVisible())
                .findFirst()
                .orElseThrow()
                .fire());
  }

  private boolean notes(String words) {
    return root().lookupAll(".notification").stream()
        .anyMatch(
            node -> node instanceof Notification notice && notice.getMessage().contains(words));
  }

  @Test
  void waitsAreSavedAsATableAndBesideTheAcquisitions() throws Exception {
    String database = open(Locale.ENGLISH, Theme.LIGHT, 1280, 800);
    whileOneWaits(database, () -> {});
    until(() -> on(".wait-when") && !node(".wait-when", Label.class).getText().equals("now"));
    picked = folder.resolve("waits.csv");
    export("exportWaits");
    until(() -> notes("wait to waits.csv"));
    List<String> lines = Files.readAllLines(folder.resolve("waits.csv"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .contains("research-agent", "support-agent", "importance = ? WHERE id = ?")
        .doesNotContain("row7");
    picked = folder.resolve("locks.json");
    export("exportJson");
    until(() -> notes("and 1 wait to locks.json"));
    JsonNode wait =
        new ObjectMapper().readTree(folder.resolve("locks.json").toFile()).at("/waits_seen/0");
    assertThat(wait.at("/waiter/application").asText()).isEqualTo("research-agent");
    assertThat(wait.at("/holder/application").asText()).isEqualTo("support-agent");
    assertThat(wait.path("seen_ms").asLong()).isGreaterThan(wait.path("from_ms").asLong());
    assertThat(asked).contains(FilePicker.Purpose.EXPORT_CSV, FilePicker.Purpose.EXPORT_JSON);
  }

  @Test
  void fileHasNoWaitsToSave() throws Exception {
    show(services.store("agent.db", legacy(4)));
    press("#locks");
    until(() -> root().lookup("#exportLocks") != null);
    List<MenuItem> items = ((MenuButton) root().lookup("#exportLocks")).getItems();
    assertThat(items).hasSize(4);
    assertThat(items)
        .filteredOn(MenuItem::isVisible)
        .extracting(MenuItem::getId)
        .doesNotContain("exportWaits");
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, DARK, 1280, 800, 100",
    "zh-CN, LIGHT, 900, 560, 150",
    "en, DARK, 900, 560, 150",
    "en, LIGHT, 1280, 800, 200",
    "zh-CN, DARK, 900, 560, 200"
  })
  void waitsAreReadInWindowsOfAllKinds(
      String language, Theme theme, int width, int height, int percent) throws Exception {
    appearance = Appearance.USUAL.withTextSize(percent);
    String database = open(Locale.forLanguageTag(language), theme, width, height);
    whileOneWaits(
        database,
        () -> {
          run(
              () -> {
                // Where the window is small, below what else the screen shows.
                ScrollPane page = node(".locks-scroll", ScrollPane.class);
                Node waits = node(".lock-waits", Node.class);
                Bounds at =
                    page.getContent().sceneToLocal(waits.localToScene(waits.getLayoutBounds()));
                double room = page.getContent().getLayoutBounds().getHeight() - page.getHeight();
                page.setVvalue(room <= 0 ? 0 : Math.min(1, at.getMinY() / room));
              });
          Pictures.shoot(stage, "89-waits-%s-%d".formatted(language, percent));
          // What is cut elsewhere has a tooltip; how long is nowhere else.
          assertThat(ask(() -> node(".wait-time", Label.class))).satisfies(this::isWhole);
          for (Node name : ask(() -> root().lookupAll(".lane-name"))) {
            isWhole((Label) name);
          }
        });
  }

  private void isWhole(Label label) {
    assertThat(ask(label::getWidth))
        .as(label.getText())
        .isGreaterThanOrEqualTo(ask(() -> label.prefWidth(-1)) - 1);
    assertThat(ask(label::getHeight))
        .as(label.getText())
        .isGreaterThanOrEqualTo(ask(() -> label.prefHeight(-1)) - 1);
  }
}
