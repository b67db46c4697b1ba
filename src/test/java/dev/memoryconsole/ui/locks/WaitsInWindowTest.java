package dev.memoryconsole.ui.locks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.app.OwnServices;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.TestServices;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** Agents and a run that wait for each other in a real server, in the real window. */
@Tag("slow")
class WaitsInWindowTest extends WindowTest {
  private PostgresServer server;
  private String database;

  WaitsInWindowTest() {
    clock = Clock.systemUTC();
  }

  @BeforeEach
  void makeTable() throws Exception {
    server = PostgresServer.shared();
    database = server.newDatabase();
    try (MemoryStore store = server.makeTable(database)) {
      ((RowInsertion) store).insert(TestServices.demoRows(), ExistingRows.SKIP);
    }
  }

  /** The database is there for as long as the window is. */
  @Override
  @AfterEach
  protected void closeWindow() throws Exception {
    super.closeWindow();
    server.drop(database);
  }

  private void open(Theme theme) {
    show(
        OwnServices.in(folder, clock),
        clock,
        () -> UpgradeOptions.DEFAULT,
        null,
        Locale.ENGLISH,
        theme,
        1280,
        800);
    openTable(server.url(database));
  }

  private Connection agent(String name) throws SQLException {
    Connection agent = server.connect(PostgresServer.ADMIN, database);
    try (Statement says = agent.createStatement()) {
      says.execute("SET application_name = '" + name + "'");
    }
    agent.setAutoCommit(false);
    return agent;
  }

  private String now() {
    return ask(() -> node(".wait-when", Label.class).getText());
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void whoWaitsForWhomIsSeenLiveAndLookedUpAfterwards(Theme theme) throws Exception {
    String suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    open(theme);
    press("#locks");
    try (Connection holder = agent("support-agent");
        Connection waiter = agent("research-agent");
        Statement holds = holder.createStatement();
        Statement waits = waiter.createStatement()) {
      holds.execute("UPDATE memories SET importance = importance WHERE text <> 'canary-78'");
      FutureTask<Integer> waiting =
          new FutureTask<>(
              () ->
                  waits.executeUpdate(
                      "UPDATE memories SET importance = 0.5 WHERE text NOT LIKE '%canary-77%'"));
      Thread.ofVirtual().start(waiting);
      until(() -> on(".wait-name") && says("research-agent"));
      press("#memories");
      press("#upgradeAll");
      until(() -> on("#yes"));
      press("#yes");
      press("#locks");
      until(() -> says("memory-console") && says("FOR UPDATE"));
      assertThat(ask(() -> says("support-agent"))).isTrue();
      assertThat(now()).isEqualTo("now");
      assertThat(ask(() -> says("canary"))).isFalse();
      Pictures.shoot(stage, "85-locks-server" + suffix);
      run(() -> stage.setWidth(900));
      run(() -> stage.setHeight(600));
      Pictures.shoot(stage, "88-locks-server-small" + suffix);
      run(() -> stage.setWidth(1280));
      run(() -> stage.setHeight(800));
      holder.rollback();
      waiting.get();
      waiter.rollback();
    }
    until(() -> says("Run 1 done"));
    press("#locks");
    until(() -> !now().equals("now"));
    assertThat(now()).matches("\\d\\d:\\d\\d:\\d\\d");
    press("#pauseLocks");
    Pictures.shoot(stage, "86-locks-server-past" + suffix);
    press("#span1");
    until(() -> says("research-agent"));
    run(() -> stage.hide());
    stage = FxToolkit.registerStage(Stage::new);
    open(theme);
    press("#locks");
    until(() -> says("research-agent") && says("support-agent"));
    Pictures.shoot(stage, "87-locks-server-again" + suffix);
  }
}
