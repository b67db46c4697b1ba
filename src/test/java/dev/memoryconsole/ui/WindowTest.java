package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.ui.common.Mouse;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.task.Background;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The real window over real stores. Every test also asserts that no port ran on its thread. */
@Tag("ui")
public abstract class WindowTest {
  // A guard against hanging, not an expectation: a machine that does much else may be that slow.
  private static final int PATIENCE_MILLIS = 90_000;

  protected static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T09:30:00Z"), ZoneOffset.UTC);

  @TempDir protected Path folder;

  protected final List<FilePicker.Purpose> asked = new CopyOnWriteArrayList<>();
  protected final List<Appearance> savedLooks = new CopyOnWriteArrayList<>();
  protected final Background background = new Background();
  protected Clock clock = CLOCK;

  /** What somebody does with the next window before all of it is built. */
  protected Runnable early = () -> {};

  /** Whether all of the window is built and takes requests. */
  private final AtomicBoolean ready = new AtomicBoolean();

  /** What the next window looks like, but for its colours. */
  protected Appearance appearance = Appearance.USUAL;

  protected TestServices services;
  protected Stage stage;
  protected volatile @Nullable Path picked;

  @BeforeEach
  protected void prepare() throws Exception {
    services = new TestServices(folder, clock);
    FxToolkit.registerPrimaryStage();
    Platform.setImplicitExit(false);
    stage = FxToolkit.registerStage(Stage::new);
  }

  @AfterEach
  protected void closeWindow() throws Exception {
    services.enricher.release();
    run(() -> stage.hide());
    WaitForAsyncUtils.waitForFxEvents();
    background.close();
    FxToolkit.cleanupStages();
    assertThat(services.threads.offences()).isEmpty();
  }

  protected void show(@Nullable Path store) {
    show(store, Locale.ENGLISH, Theme.LIGHT, 1280, 800);
  }

  protected void show(
      @Nullable Path store, Locale locale, Theme theme, double width, double height) {
    show(
        services,
        clock,
        () -> UpgradeOptions.DEFAULT.withBatchSize(4),
        store,
        locale,
        theme,
        width,
        height);
  }

  protected void show(
      UiServices over,
      Clock clock,
      Supplier<UpgradeOptions> options,
      @Nullable Path store,
      Locale locale,
      Theme theme,
      double width,
      double height) {
    UiContext context =
        new UiContext(
            over,
            background,
            clock,
            locale,
            locale,
            appearance.withTheme(theme),
            savedLooks::add,
            null,
            place -> {},
            options,
            store == null ? null : StoreLocation.of(store),
            requests -> ready.set(true),
            () -> {});
    FilePicker picker =
        (purpose, name) -> {
          asked.add(purpose);
          return Optional.ofNullable(picked);
        };
    ready.set(false);
    run(
        () -> {
          new MainWindow(context, picker, stage).show();
          stage.setWidth(width);
          stage.setHeight(height);
          early.run();
        });
    until(ready::get);
    if (store != null) {
      until(() -> rows() > 0);
    }
  }

  /** Opens a table of a server by its URL, with the password typed, where no store is open. */
  protected void openTable(String url) {
    press("#databaseWelcome");
    until(() -> on("#databaseUrl"));
    run(() -> node("#databaseUrl", TextInputControl.class).setText(url));
    run(() -> node("#databasePasswordKind", ComboBox.class).getSelectionModel().select(1));
    run(() -> node("#databasePassword", TextInputControl.class).setText(PostgresServer.PASSWORD));
    press("#openDatabase");
    until(() -> !on("#databasePanel") && root().lookup("#table") != null && rows() > 0);
  }

  /** So many legacy memories, m00, m01, …, newest first. */
  protected static List<MemoryEntry> legacy(int count) {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = String.format(Locale.ROOT, "m%02d", i);
      rows.add(
          new MemoryEntry(
              id,
              "Memory " + id + " says that the build uses Gradle.",
              i % 2 == 0 ? "fact" : "preference",
              i % 3 == 0 ? "global" : "agent:main",
              0.5,
              CLOCK.millis() - i * 60_000L,
              "{\"access_count\":" + i + "}",
              1));
    }
    return rows;
  }

  protected static void run(Runnable action) {
    WaitForAsyncUtils.waitForAsyncFx(PATIENCE_MILLIS, action);
    WaitForAsyncUtils.waitForFxEvents(2);
  }

  protected static <T> T ask(Callable<T> question) {
    return WaitForAsyncUtils.waitForAsyncFx(PATIENCE_MILLIS, question);
  }

  protected static void until(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofMillis(PATIENCE_MILLIS))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ask(condition::getAsBoolean));
  }

  /** A node that is on screen. */
  protected <T extends Node> T node(String selector, Class<T> type) {
    return look(selector).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing on screen matches " + selector));
  }

  /** What is on screen, asked of the user interface's thread: it may change under any other. */
  private List<Node> look(String selector) {
    Callable<List<Node>> all =
        () -> root().lookupAll(selector).stream().filter(WindowTest::visible).toList();
    try {
      return Platform.isFxApplicationThread() ? all.call() : ask(all);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  protected boolean on(String selector) {
    return !look(selector).isEmpty();
  }

  protected boolean says(String text) {
    return look(".label").stream()
        .anyMatch(
            node ->
                node instanceof Label label
                    && label.getText() != null
                    && label.getText().contains(text));
  }

  protected void tab(int index) {
    until(() -> on("#tabs"));
    run(() -> node("#tabs", TabPane.class).getSelectionModel().select(index));
  }

  protected void press(String selector) {
    until(() -> on(selector) && !node(selector, ButtonBase.class).isDisabled());
    run(() -> node(selector, ButtonBase.class).fire());
  }

  protected void pressNamed(String words) {
    run(
        () ->
            stage.getScene().getRoot().lookupAll(".button").stream()
                .filter(node -> node instanceof Button b && visible(b) && words.equals(b.getText()))
                .map(Button.class::cast)
                .findFirst()
                .orElseThrow()
                .fire());
  }

  /** Opens the snapshots from the store's menu. */
  protected void openSnapshots() {
    choose("snapshotsItem");
    until(() -> on("#takeSnapshot"));
  }

  /** Opens the contention lab from the store's menu. */
  protected void openLab() {
    choose("labItem");
    until(() -> on("#runLab"));
  }

  protected void choose(String item) {
    run(
        () ->
            node("#store", MenuButton.class).getItems().stream()
                .filter(entry -> item.equals(entry.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
  }

  /** Whether a snapshot on screen was taken for this reason. */
  protected boolean lists(String cause) {
    return look(".table-cell").stream()
        .anyMatch(node -> node instanceof TableCell<?, ?> cell && cause.equals(cell.getText()));
  }

  protected ButtonBase button(String selector) {
    return node(selector, ButtonBase.class);
  }

  protected int rows() {
    return ask(() -> table().getItems().size());
  }

  @SuppressWarnings("unchecked")
  protected TableView<Object> table() {
    return (TableView<Object>) stage.getScene().getRoot().lookup("#table");
  }

  /** Clicks a row; the headless robot would drop Ctrl and Shift. */
  protected void click(int index, boolean ctrl, boolean shift) {
    run(
        () -> {
          table().scrollTo(Math.max(0, index - 3));
          table().layout();
        });
    run(
        () -> {
          TableRow<?> row =
              table().lookupAll(".table-row-cell").stream()
                  .filter(TableRow.class::isInstance)
                  .map(node -> (TableRow<?>) node)
                  .filter(r -> r.getIndex() == index && !r.isEmpty())
                  .findFirst()
                  .orElseThrow();
          Node cell = row.getChildrenUnmodifiable().get(2);
          Mouse.click(cell, ctrl, shift);
        });
  }

  /** Presses a key where the focus is. */
  protected void key(KeyCode code, boolean ctrl, boolean shift) {
    run(
        () -> {
          Node owner = stage.getScene().getFocusOwner();
          Event.fireEvent(
              owner == null ? stage.getScene().getRoot() : owner,
              new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, ctrl, false, false));
        });
  }

  protected static boolean visible(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return node.getScene() != null;
  }

  protected Parent root() {
    return stage.getScene().getRoot();
  }
}
