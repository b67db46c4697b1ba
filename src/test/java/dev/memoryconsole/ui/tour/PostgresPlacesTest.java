package dev.memoryconsole.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.app.OwnServices;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.TestServices;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every place there is, over a table of a real server. */
@Tag("slow")
class PostgresPlacesTest extends EveryPlace {
  private PostgresServer server;
  private String database;

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

  private void open() {
    show(
        OwnServices.in(folder, clock),
        clock,
        () -> UpgradeOptions.DEFAULT,
        null,
        Locale.ENGLISH,
        Theme.LIGHT,
        1280,
        800);
    openTable(server.url(database));
  }

  @Test
  void everyPlaceIsThereAndSaysNothingOfAFailure() throws Exception {
    List<String> places = new ArrayList<>();
    open();
    Visitor looks =
        place -> {
          places.add(place);
          assertThat(ask(() -> says("unexpected") || says("SQLSTATE"))).as(place).isFalse();
          Pictures.shoot(stage, "pg-" + place);
        };
    at("memories", looks);
    for (int i = 0; i < 4; i++) {
      int row = i;
      run(() -> table().requestFocus());
      run(() -> table().getSelectionModel().clearAndSelect(row));
      key(KeyCode.SPACE, false, false);
    }
    at("chosen", looks);
    mend(looks);
    press("#upgradeAll");
    until(() -> on("#yes") && !node("#yes", ButtonBase.class).isDisabled());
    at("question", looks);
    press("#yes");
    until(() -> says("Run 1 done"));
    at("run-over", looks);
    screens(looks);
    panels(looks);
    layers(looks);
    assertThat(places).contains("overview", "checkup", "runs", "locks", "settings", "palette");
    choose("snapshotsItem");
    until(() -> says("There are no snapshots of a table"));
    assertThat(button("#takeSnapshot").isDisabled()).isTrue();
    key(KeyCode.ESCAPE, false, false);
    assertThat(stage.getTitle()).contains(database).doesNotContain("public");
  }
}
