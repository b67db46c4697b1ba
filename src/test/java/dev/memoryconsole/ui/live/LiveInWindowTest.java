package dev.memoryconsole.ui.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.common.Ages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another program writes while the window is open. */
class LiveInWindowTest extends WindowTest {
  private static void insert(Path store, String id) throws Exception {
    Sql.update(
        store,
        "INSERT INTO memories (id, text, category, scope, timestamp, metadata)"
            + " VALUES (?, 'From another program.', 'fact', 'global', ?, '{}')",
        id,
        CLOCK.millis() + 1);
  }

  private void says(int rows, String total) {
    assertThat(ask(() -> table().getItems().size())).isEqualTo(rows);
    assertThat(says(total)).isTrue();
  }

  @Test
  void anotherProgramsWritesAreSaidAndShownOnRequest() throws Exception {
    Path store = services.store("a.db", legacy(30));
    show(store);
    assertThat(on("#live")).isFalse();
    insert(store, "new-1");
    insert(store, "new-2");
    Sql.update(store, "UPDATE memories SET importance = 0.9 WHERE id = 'm03'");
    Sql.update(store, "DELETE FROM memories WHERE id = 'm04'");
    until(() -> says("Another program changed memories: 2 new, 1 changed, 1 gone."));
    // Nothing moves by itself: what is on screen agrees with itself.
    says(30, "30 memories  ·  30 legacy  ·  0 fallback");
    press("#liveRefresh");
    until(() -> says("31 memories  ·  31 legacy  ·  0 fallback"));
    until(() -> table().getItems().size() == 31 && !on("#live"));
    assertThat(node("#legacyChip", ToggleButton.class).getText()).isEqualTo("Legacy 31");
    assertThat(says("31 memories")).isTrue();
    assertThat(table().getItems().getFirst().toString()).contains("new-");
  }

  @Test
  void whatWasNeverOnScreenIsSaidToo() throws Exception {
    Path store = services.store("a.db", legacy(2_000));
    show(store);
    until(() -> says("2,000 memories"));
    // Far below what the table has read.
    Sql.update(store, "UPDATE memories SET importance = 0.9 WHERE id IN ('m1000', 'm1500')");
    until(() -> says("Another program changed memories: 2 changed."));
    press("#liveRefresh");
    until(() -> !on("#live"));
  }

  /** Without versions only what the table has read can be compared. */
  @Test
  void ofAStoreWithoutVersionsTheLeastThatChangedIsSaid() throws Exception {
    Path store = services.store("a.db", List.of()).resolveSibling("theirs.db");
    Sql.run(
        store,
        Sql.THEIR_TABLE,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT"
            + " INTO memories SELECT 'm' || i, 'Text.', 'fact', 'global', 0.5, i, '{}' FROM n");
    show(store);
    until(() -> says("2,000 memories"));
    assertThat(ask(() -> table().getPlaceholder()))
        .asInstanceOf(type(Label.class))
        .matches(label -> label.getText().isEmpty());
    Sql.update(store, "UPDATE memories SET importance = 0.9 WHERE id IN ('m2000', 'm100')");
    until(() -> says("Another program changed memories: at least 1 changed."));
  }

  @Test
  void agesOutsideOfTablesGoOnToo() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(CLOCK.instant());
    InstantSource source = now::get;
    clock = source.withZone(ZoneOffset.UTC);
    show(services.store("a.db", legacy(3)));
    click(0, false, false);
    until(() -> ages().contains("just now"));
    now.set(CLOCK.instant().plus(Duration.ofMinutes(5)));
    run(() -> Ages.renew(stage.getScene().getRoot()));
    assertThat(ages()).contains("5 min ago").doesNotContain("just now");
  }

  private List<String> ages() {
    return ask(
        () ->
            stage.getScene().getRoot().lookupAll(".age").stream()
                .map(age -> ((Label) age).getText())
                .toList());
  }

  @Test
  void f5ReadsEverythingAnew() throws Exception {
    Path store = services.store("a.db", legacy(3));
    show(store);
    insert(store, "new-1");
    key(KeyCode.F5, false, false);
    until(() -> says("4 memories  ·  4 legacy  ·  0 fallback"));
    until(() -> table().getItems().size() == 4);
  }

  @Test
  void whatThisWindowWroteItselfIsNoNews() throws Exception {
    Path store = services.store("a.db", legacy(8));
    show(store);
    press("#upgradeAll");
    press("#yes");
    until(() -> says("8 memories  ·  0 legacy  ·  0 fallback"));
    insert(store, "new-1");
    until(() -> says("Another program changed memories: 1 new."));
  }

  @Test
  void aHiddenWindowAsksNothingAndOneThatComesBackDoes() throws Exception {
    Path store = services.store("a.db", legacy(3));
    show(store);
    // Hidden, not iconified: that needs a window manager. To hide it here is not to close it.
    run(
        () -> {
          stage.setOnHidden(null);
          stage.hide();
        });
    insert(store, "new-1");
    run(stage::show);
    until(() -> says("Another program changed memories: 1 new."));
  }

  @ParameterizedTest
  @EnumSource(
      value = Theme.class,
      names = {"LIGHT", "DARK"})
  void pictures(Theme theme) throws Exception {
    Path store = services.store("a.db", legacy(30));
    show(store, Locale.ENGLISH, theme, 900, 600);
    insert(store, "new-1");
    Sql.update(store, "UPDATE memories SET importance = 0.9 WHERE id = 'm03'");
    until(() -> on("#live"));
    Pictures.shoot(stage, "live-" + theme.name().toLowerCase(Locale.ROOT));
  }
}
