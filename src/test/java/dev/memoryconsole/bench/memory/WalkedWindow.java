package dev.memoryconsole.bench.memory;

import dev.memoryconsole.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;

/**
 * The program itself, in which somebody does what an admin does with a large store, and then ends
 * it. Says on the way how much memory the process has taken so far. Arguments: how many rows the
 * store has, and those of the program.
 */
final class WalkedWindow {
  private static final long PATIENCE_MILLIS = 120_000;
  private static final long POLL_MILLIS = 50;
  private static final long REST_MILLIS = 3_000;
  private static final int PLACES = 100;
  private static final List<String> ORDERS = List.of("text", "importance", "category");
  // A check-up of a million memories compares very many texts.
  private static final long CHECKUP_MILLIS = 1_200_000;

  private final int rows;

  private WalkedWindow(int rows) {
    this.rows = rows;
  }

  /** Starts the program. */
  public static void main(String[] args) {
    WalkedWindow walk = new WalkedWindow(Integer.parseInt(args[0]));
    Thread.ofPlatform().name("walk").daemon().start(walk::walk);
    Launcher.main(List.of(args).subList(1, args.length).toArray(String[]::new));
  }

  @SuppressWarnings("SystemExitOutsideMain")
  private void walk() {
    int end = 1;
    try {
      awaitToolkit();
      until(() -> !Window.getWindows().isEmpty() && !all("#table").isEmpty());
      awaitRows();
      tell("opened");
      for (int i = 1; i <= PLACES; i++) {
        double to = (double) i / PLACES;
        ask(() -> scroll(to));
      }
      tell("scrolled to the end");
      for (String order : ORDERS) {
        Object before = table().getItems();
        ask(() -> sort(order));
        until(() -> !before.equals(table().getItems()));
        awaitRows();
        tell("sorted by " + order);
      }
      find("state:legacy scope:global");
      until(() -> table().getItems().size() < rows);
      tell("filtered");
      find("");
      awaitRows();
      ask(() -> press(KeyCode.A));
      tell("all selected");
      ask(() -> fire("#overview"));
      tell("overview");
      ask(() -> fire("#checkup"));
      tell("checkup");
      ask(() -> fire("#checkupBegin"));
      until(() -> isShown("#checkupCancel"), PATIENCE_MILLIS);
      until(() -> !isShown("#checkupCancel"), CHECKUP_MILLIS);
      tell(isShown("#checkupFindings") ? "checked" : "checked nothing");
      ask(() -> fire("#memories"));
      tell("memories");
      end = 0;
    } catch (Exception failure) {
      System.out.println("stopped by " + failure);
    }
    System.exit(end);
  }

  /** Until the program has begun with its window. */
  private static void awaitToolkit() throws InterruptedException {
    boolean there = false;
    while (!there) {
      Thread.sleep(POLL_MILLIS);
      try {
        Platform.runLater(() -> {});
        there = true;
      } catch (IllegalStateException notYet) {
        there = false;
      }
    }
  }

  private void awaitRows() throws Exception {
    until(() -> table().getItems().size() == rows);
  }

  private static <T> T ask(Callable<T> question) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            answer.complete(question.call());
          } catch (Exception failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    until(condition, PATIENCE_MILLIS);
  }

  private static void until(Callable<Boolean> condition, long patience) throws Exception {
    long begun = System.nanoTime();
    while (!ask(condition)) {
      if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) > patience) {
        throw new IllegalStateException("waited too long");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static List<Node> all(String selector) {
    return List.copyOf(Window.getWindows().getFirst().getScene().getRoot().lookupAll(selector));
  }

  private static boolean isShown(String selector) {
    return all(selector).stream().anyMatch(WalkedWindow::isShown);
  }

  private static boolean isShown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static TableView<?> table() {
    return (TableView<?>) all("#table").getFirst();
  }

  private static int scroll(double to) {
    List<Node> bars = List.copyOf(table().lookupAll(".scroll-bar"));
    bars.stream()
        .filter(bar -> bar instanceof ScrollBar && bar.isVisible())
        .map(ScrollBar.class::cast)
        .forEach(bar -> bar.setValue(to));
    return bars.size();
  }

  private static boolean sort(String column) {
    return sort(table(), column);
  }

  private static <T> boolean sort(TableView<T> table, String id) {
    List<TableColumn<T, ?>> order =
        table.getColumns().stream().filter(column -> id.equals(column.getId())).toList();
    return table.getSortOrder().setAll(order);
  }

  private static void find(String words) throws Exception {
    ask(
        () -> {
          ((TextField) all("#search").getFirst()).setText(words);
          return words;
        });
  }

  private static boolean press(KeyCode key) {
    table().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, true, false, false));
    return true;
  }

  private static boolean fire(String selector) {
    ((ButtonBase) all(selector).getFirst()).fire();
    return true;
  }

  private static void tell(String step) throws IOException, InterruptedException {
    // What it has begun is to be seen too.
    Thread.sleep(REST_MILLIS);
    System.out.printf(
        "%-20s %s%n",
        step,
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
            .map(line -> line.replaceAll("\\s+", " "))
            .toList());
  }
}
