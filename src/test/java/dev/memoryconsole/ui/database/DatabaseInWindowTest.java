package dev.memoryconsole.ui.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.app.OwnServices;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.SceneText;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table of a real server in the real window, over the app's own services. */
@Tag("slow")
class DatabaseInWindowTest extends WindowTest {
  private static final int MANY = 40;

  private PostgresServer server;
  private String database;

  @BeforeEach
  void makeDatabase() {
    server = PostgresServer.shared();
    database = server.newDatabase();
  }

  /** The database is there for as long as the window is. */
  @Override
  @AfterEach
  protected void closeWindow() throws Exception {
    super.closeWindow();
    server.drop(database);
  }

  private void fill() throws InterruptedException {
    try (MemoryStore store = server.makeTable(database)) {
      ((RowInsertion) store).insert(legacy(MANY), ExistingRows.SKIP);
    }
  }

  private void showWindow(Locale locale, Theme theme) {
    show(
        OwnServices.in(folder, clock),
        clock,
        () -> UpgradeOptions.DEFAULT.withBatchSize(4),
        null,
        locale,
        theme,
        1280,
        800);
  }

  private void askFor() {
    press("#databaseWelcome");
    until(() -> on("#databaseUrl"));
  }

  private void type(String selector, String text) {
    run(() -> node(selector, TextField.class).setText(text));
  }

  private String typed(String selector) {
    return ask(() -> node(selector, TextField.class).getText());
  }

  private void typePassword(String password) {
    run(() -> node("#databasePasswordKind", ComboBox.class).getSelectionModel().select(1));
    run(() -> node("#databasePassword", PasswordField.class).setText(password));
  }

  private boolean answers(String words) {
    return on("#databaseAnswer") && node("#databaseAnswer", Label.class).getText().contains(words);
  }

  private void test(String words) {
    press("#testDatabase");
    until(() -> answers(words));
  }

  /** Neither on screen nor in any file of the workspace. */
  private void isNowhere(String password) throws IOException {
    SceneText words = new SceneText(stage);
    run(words::collect);
    assertThat(words.all()).isNotEmpty().noneMatch(text -> text.contains(password));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(password);
      }
    }
  }

  @Test
  void tableIsOpenedUpgradedLookedAtAndUndone() throws Exception {
    fill();
    showWindow(Locale.ENGLISH, Theme.LIGHT);
    askFor();
    type("#databaseUrl", server.url(database));
    assertThat(typed("#databaseHost")).isEqualTo("127.0.0.1");
    assertThat(typed("#databasePort")).isEqualTo(String.valueOf(server.port()));
    assertThat(typed("#databaseName")).isEqualTo(database);
    assertThat(typed("#databaseUser")).isEqualTo(PostgresServer.ADMIN);
    typePassword(PostgresServer.PASSWORD);
    test("with 40 memories in the table");
    Pictures.shoot(stage, "70-database-light");
    press("#theme");
    Pictures.shoot(stage, "70-database-dark");
    press("#theme");
    press("#openDatabase");
    until(() -> root().lookup("#table") != null && rows() == MANY);
    click(0, true, false);
    press("#upgradeSelected");
    until(() -> says("Run 1 done"));
    try (MemoryStore store = server.openTable(database)) {
      assertThat(store.page(EntryQuery.ALL, 0, 1).getFirst().metadata()).contains("l0_abstract");
    }
    run(() -> table().requestFocus());
    key(KeyCode.ENTER, false, false);
    tab(2);
    until(() -> on(".diff-block") && says("l0_abstract"));
    Pictures.shoot(stage, "71-database-memories-light");
    key(KeyCode.DIGIT2, true, false);
    press("#undoRun");
    until(() -> on("#yes"));
    press("#yes");
    until(() -> says("Run 2: undo done"));
    try (MemoryStore store = server.openTable(database)) {
      assertThat(store.page(EntryQuery.ALL, 0, 1).getFirst().metadata())
          .doesNotContain("l0_abstract");
    }
    List<String> recent =
        ask(
            () ->
                node("#store", MenuButton.class).getItems().stream()
                    .filter(javafx.scene.control.Menu.class::isInstance)
                    .flatMap(menu -> ((javafx.scene.control.Menu) menu).getItems().stream())
                    .map(item -> item.getText())
                    .toList());
    assertThat(recent).singleElement().asString().contains(database);
    isNowhere(PostgresServer.PASSWORD);
  }

  @Test
  void manyAreEstimatedFirstAndCountedLater() throws Exception {
    fill();
    server.execute(
        database,
        "INSERT INTO memories (id, text, metadata) SELECT 'id' || n, 'x', '{}' FROM"
            + " generate_series(1, 199960) AS n",
        "VACUUM ANALYZE memories");
    showWindow(Locale.ENGLISH, Theme.LIGHT);
    List<String> said = new CopyOnWriteArrayList<>();
    run(
        () ->
            node("#totals", Label.class)
                .textProperty()
                .addListener((value, before, now) -> said.add(now)));
    askFor();
    type("#databaseUrl", server.url(database));
    typePassword(PostgresServer.PASSWORD);
    press("#openDatabase");
    until(() -> says("200,000 memories  ·  "));
    assertThat(said)
        .filteredOn(text -> !text.isEmpty())
        .first()
        .asString()
        .startsWith("about 200,000 memories, counting");
  }

  @Test
  void wrongPasswordIsOneSentenceAndIsNowhere() throws Exception {
    fill();
    showWindow(Locale.ENGLISH, Theme.LIGHT);
    askFor();
    String wrong = "wr0ng-canary-77";
    type("#databaseUrl", server.url(database).replace("@", ":" + wrong + "@"));
    assertThat(typed("#databaseUrl")).isEqualTo(server.url(database));
    assertThat(ask(() -> node("#databasePassword", PasswordField.class).getText()))
        .isEqualTo(wrong);
    test("The server refuses " + PostgresServer.ADMIN);
    Pictures.shoot(stage, "72-database-refused-light");
    press("#openDatabase");
    until(() -> on("#testDatabase") && answers("The server refuses"));
    assertThat(ask(() -> on("#databasePanel"))).isTrue();
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#databasePanel"));
    isNowhere(wrong);
  }

  @Test
  void whatIsWrongWithAServerIsOneSentence() throws Exception {
    fill();
    server.execute(
        database,
        "CREATE TABLE other (id text PRIMARY KEY, said text)",
        "DROP ROLE IF EXISTS looker",
        "CREATE ROLE looker LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'",
        "GRANT SELECT ON memories TO looker");
    showWindow(Locale.ENGLISH, Theme.LIGHT);
    askFor();
    type("#databaseUrl", server.url(database));
    typePassword(PostgresServer.PASSWORD);
    type("#databaseTable", "other");
    test("lacks the column");
    type("#databaseTable", "nothere");
    test("there is no table nothere there yet");
    assertThat(ask(() -> on("#makeTable"))).isTrue();
    type("#databaseTable", "memories");
    assertThat(ask(() -> on("#makeTable"))).isFalse();
    type("#databaseName", "nowhere");
    test("The server has no database");
    type("#databaseName", database);
    type("#databaseUser", "looker");
    test("may only read");
    type("#databaseUser", PostgresServer.ADMIN);
    type("#databasePort", "1");
    test("No server of PostgreSQL answers");
    type("#databasePort", "here");
    test("is no URL of a table");
  }

  @Test
  void missingTableIsMadeAndOpened() {
    showWindow(Locale.SIMPLIFIED_CHINESE, Theme.DARK);
    askFor();
    type("#databaseUrl", server.url(database));
    typePassword(PostgresServer.PASSWORD);
    test("还没有表 memories");
    Pictures.shoot(stage, "73-database-missing-chinese-dark");
    press("#makeTable");
    until(() -> database.equals(node("#store", MenuButton.class).getText()));
    assertThat(ask(() -> on("#databasePanel"))).isFalse();
  }

  @Test
  void attemptThatHangsIsStopped() throws Exception {
    try (java.net.ServerSocket silent =
        new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      showWindow(Locale.ENGLISH, Theme.LIGHT);
      askFor();
      type("#databaseHost", "127.0.0.1");
      type("#databasePort", String.valueOf(silent.getLocalPort()));
      press("#testDatabase");
      until(() -> on("#stopDatabase") && answers("Connecting"));
      press("#stopDatabase");
      until(() -> answers("Stopped; nothing was opened"));
      key(KeyCode.ESCAPE, false, false);
      until(() -> !on("#databasePanel"));
    }
  }

  @Test
  void knownStoreThatRefusesIsAskedForAgain() throws Exception {
    fill();
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    Files.createDirectories(workspace.directory());
    new SettingsFile(workspace.settings()).update(now -> now.withRecent(server.url(database)));
    showWindow(Locale.ENGLISH, Theme.LIGHT);
    until(() -> on(".hyperlink"));
    run(() -> node(".recent .hyperlink", javafx.scene.control.Hyperlink.class).fire());
    until(() -> answers(database));
    assertThat(typed("#databaseHost")).isEqualTo("127.0.0.1");
    run(() -> node("#databasePassword", PasswordField.class).setText(PostgresServer.PASSWORD));
    press("#openDatabase");
    until(() -> root().lookup("#table") != null && rows() == MANY);
    isNowhere(PostgresServer.PASSWORD);
  }
}
