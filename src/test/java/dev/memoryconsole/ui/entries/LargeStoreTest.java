package dev.memoryconsole.ui.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.testing.ManyRows;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javafx.geometry.Orientation;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memories screen over 100,000 rows: what used to read for minutes. */
class LargeStoreTest extends WindowTest {
  private static final int ROWS = 100_000;

  @TempDir private static Path shared;
  private Path store;

  @BeforeAll
  static void fill() throws Exception {
    ManyRows.fill(shared.resolve("many.db"), ROWS, 1);
  }

  @BeforeEach
  void copy() throws Exception {
    store = Files.copy(shared.resolve("many.db"), folder.resolve("many.db"));
  }

  @Test
  void whateverIsPressedTheSearchAnswersAndARunStarts() throws Exception {
    show(store);
    until(() -> table().getItems().size() == ROWS);
    click(5, false, false);
    int read = services.threads.calls("find");
    for (KeyCode key : List.of(KeyCode.END, KeyCode.HOME, KeyCode.PAGE_DOWN, KeyCode.END)) {
      run(() -> table().requestFocus());
      key(key, false, false);
    }
    until(() -> isLoaded(ROWS - 1));
    // The first pages, the last ones, and those of the rows that were made the current one.
    assertThat(services.threads.calls("find") - read).isLessThan(16);
    for (String column : List.of("importance", "text", "scope", "state", "id")) {
      sortBy(column, TableColumn.SortType.ASCENDING);
    }
    String legacy = numberOfALegacyRow();
    run(() -> node("#search", TextField.class).setText(legacy));
    until(() -> table().getItems().size() == 1 && isLoaded(0));
    assertThat(row(0)).contains("is number " + legacy);
    run(() -> node("#search", TextField.class).clear());
    until(() -> table().getItems().size() == ROWS);
    key(KeyCode.A, true, false);
    until(() -> says("100,000 selected"));
    run(() -> node("#search", TextField.class).setText(legacy));
    until(
        () ->
            node("#upgradeAll", ButtonBase.class).getText().equals("Upgrade the one that matches"));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run 1 done"));
  }

  @Test
  void everyColumnSortsAndTheArrowIsWhereTheOrderIs() throws Exception {
    show(store);
    until(() -> table().getItems().size() == ROWS);
    for (String column :
        List.of("state", "text", "category", "scope", "tier", "importance", "time", "id")) {
      sortBy(column, TableColumn.SortType.ASCENDING);
      until(() -> table().getItems().size() == ROWS && isLoaded(0) && !on("#waiting"));
      String least =
          Sql.value(
              store,
              "SELECT m.id FROM memories m JOIN memories_doc d ON d.id = m.id ORDER BY "
                  + order(column)
                  + " LIMIT 1");
      until(() -> row(0).contains(least));
      assertThat(ask(() -> table().getSortOrder().getFirst().getId())).isEqualTo(column);
    }
    sortBy("time", TableColumn.SortType.DESCENDING);
    until(() -> table().getItems().size() == ROWS);
  }

  @Test
  void anOrderThatTakesLongSaysSoAndCanBeCancelled() throws Exception {
    CountDownLatch counted = new CountDownLatch(1);
    services.threads.before = method -> countAfter(method, counted);
    show(store);
    until(() -> table().getItems().size() == ROWS);
    String first = row(0);
    AtomicInteger waiting = new AtomicInteger();
    services.threads.before =
        method -> {
          countAfter(method, counted);
          waitInVain(method, waiting);
        };
    sortBy("tier", TableColumn.SortType.ASCENDING);
    until(() -> on("#waiting") && says("Sorting 100,000 memories"));
    counted.countDown();
    Pictures.shoot(stage, "70-sorting");
    assertThat(ask(() -> row(0))).isEqualTo(first);
    press("#cancelListing");
    until(() -> !on("#waiting") && waiting.get() == 0);
    assertThat(ask(() -> table().getSortOrder())).isEmpty();
    assertThat(ask(() -> row(0))).isEqualTo(first);
    assertThat(rows()).isEqualTo(ROWS);
    // Whoever asks again is answered.
    services.threads.before = method -> {};
    sortBy("tier", TableColumn.SortType.DESCENDING);
    until(() -> row(0).contains("tier=working"));
  }

  /** Lets the memories be counted only then, as on a machine that has much to do. */
  private static void countAfter(String method, CountDownLatch counted) {
    if (method.equals("stats") || method.equals("count")) {
      Uninterrupted.await(counted::await);
    }
  }

  /** Waits until nobody wants the list any more: each that is asked for, however many are. */
  private static void waitInVain(String method, AtomicInteger waiting) {
    BooleanSupplier unwanted = Cancellation.current();
    if (method.equals("list")) {
      waiting.incrementAndGet();
      while (!unwanted.getAsBoolean()) {
        LockSupport.parkNanos(1_000_000);
      }
      waiting.decrementAndGet();
    }
  }

  @Test
  void theThumbCanBeGrabbedAndGoesWhereItIsDragged() throws Exception {
    show(store);
    until(() -> table().getItems().size() == ROWS);
    ScrollBar bar = bar();
    Region thumb = (Region) ask(() -> bar.lookup(".thumb"));
    assertThat(ask(() -> thumb.getHeight())).isGreaterThanOrEqualTo(24);
    int read = services.threads.calls("find");
    run(
        () -> {
          for (int i = 1; i <= 60; i++) {
            bar.setValue(i / 80.0);
            table().layout();
          }
        });
    until(() -> isLoaded((int) (0.75 * (ROWS - 20))));
    // Sixty places were on screen for a moment; the pages of the last few are read.
    assertThat(services.threads.calls("find") - read).isLessThan(20);
    run(() -> bar.setValue(1));
    until(() -> isLoaded(ROWS - 1));
    double end = ask(() -> thumb.getBoundsInParent().getMaxY());
    assertThat(end).isBetween(ask(() -> bar.getHeight()) - 4, ask(() -> bar.getHeight()) + 1);
  }

  @Test
  void whatIsDeletedMeanwhileIsSaidInItsPlace() throws Exception {
    show(store);
    until(() -> table().getItems().size() == ROWS);
    Sql.run(
        store,
        "DELETE FROM memories WHERE id = (SELECT id FROM memories ORDER BY timestamp, id"
            + " DESC LIMIT 1)");
    run(() -> table().scrollTo(ROWS - 1));
    until(() -> isLoaded(ROWS - 2));
    until(
        () ->
            table().lookupAll(".table-cell").stream()
                .anyMatch(
                    node ->
                        node instanceof TableCell<?, ?> cell
                            && "(deleted meanwhile)".equals(cell.getText())));
    assertThat(rows()).isEqualTo(ROWS);
  }

  private String numberOfALegacyRow() throws Exception {
    String text =
        Sql.value(
            store,
            "SELECT m.text FROM memories_doc d JOIN memories m ON m.id = d.id"
                + " WHERE d.state = 'LEGACY' AND m.text LIKE '%is number _____.' LIMIT 1");
    return text.substring(text.lastIndexOf(' ') + 1);
  }

  private static String order(String column) {
    return switch (column) {
      case "state" -> "d.state, m.timestamp, m.id";
      case "text" -> "substr(m.text, 1, 60), m.id";
      case "tier" -> "json_extract(m.metadata, '$.tier'), m.timestamp, m.id";
      case "time" -> "m.timestamp, m.id";
      case "id" -> "m.id";
      default -> "m." + column + ", m.timestamp, m.id";
    };
  }

  private void sortBy(String column, TableColumn.SortType type) {
    run(
        () -> {
          TableColumn<Object, ?> by =
              table().getColumns().stream()
                  .filter(each -> column.equals(each.getId()))
                  .findFirst()
                  .orElseThrow();
          by.setSortType(type);
          table().getSortOrder().setAll(List.of(by));
        });
  }

  private boolean isLoaded(int index) {
    return index < table().getItems().size()
        && table().getItems().get(index) instanceof MemoryRow row
        && row.isLoaded();
  }

  private String row(int index) {
    return String.format(Locale.ROOT, "%s", table().getItems().get(index));
  }

  private ScrollBar bar() {
    return (ScrollBar)
        ask(
            () ->
                table().lookupAll(".scroll-bar").stream()
                    .filter(
                        node ->
                            node instanceof ScrollBar each
                                && each.getOrientation() == Orientation.VERTICAL)
                    .findFirst()
                    .orElseThrow());
  }
}
