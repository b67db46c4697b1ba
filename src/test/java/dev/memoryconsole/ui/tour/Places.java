package dev.memoryconsole.ui.tour;

import static org.awaitility.Awaitility.await;

import atlantafx.base.controls.Notification;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.ui.TestServices;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import org.jspecify.annotations.Nullable;

/** A window that is looked at: what is on it, and when it is still. */
abstract class Places extends WindowTest {
  private static final int TWINS = 4;
  private static final Duration STILL = Duration.ofMillis(150);
  private static final Duration ENOUGH = Duration.ofMillis(1_500);
  private static final List<String> COUNTING = List.of("Counting…", "正在统计");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A store in which there is everything that a screen may show, twins too. */
  Path memories() throws Exception {
    List<MemoryEntry> rows = new ArrayList<>(TestServices.demoRows());
    for (int i = 0; i < TWINS; i++) {
      MemoryEntry twin = rows.get(i);
      rows.add(
          new MemoryEntry(
              "twin" + i,
              i % 2 == 0 ? twin.text() : twin.text().replace(" the ", " this "),
              twin.category(),
              twin.scope(),
              0.7,
              // Older than all others: the order of those stays.
              CLOCK.millis() - Duration.ofDays(3_650).toMillis(),
              "{\"access_count\":" + 3 * i + "}",
              1));
    }
    return services.store("agent.db", rows);
  }

  /** From light to dark, or back. */
  void otherTheme() {
    node("#theme", Button.class).fire();
  }

  boolean isDark() {
    return root().getStyleClass().contains("mc-dark");
  }

  static void close(Node notice) {
    ((Notification) notice).getOnClose().handle(new Event(Event.ANY));
  }

  static boolean isPanel(String item) {
    return item.endsWith("Item")
        && !List.of("openItem", "createItem", "importItem", "exportItem", "diagnosticsItem")
            .contains(item);
  }

  Scene scene() {
    return stage.getScene();
  }

  /** Does this on the user interface's thread. */
  static void act(Runnable action) {
    run(action);
  }

  /** Asks this on the user interface's thread. */
  static <T> T see(Callable<T> question) {
    return ask(question);
  }

  static boolean shown(Node node) {
    return visible(node);
  }

  /** What lies over the window and has the keyboard; null if nothing does. */
  @Nullable Node covering() {
    return root().getChildrenUnmodifiable().stream()
        .filter(node -> node.isVisible() && node.getStyleClass().contains("scrim"))
        .reduce((one, other) -> other)
        .orElse(null);
  }

  /** What can be used now: what lies over the window, or all of it. */
  Node top() {
    Node over = covering();
    return over == null ? root() : over;
  }

  /** Waits until there are some, and no more come. */
  void stays(IntSupplier count) {
    AtomicInteger before = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .during(ENOUGH)
        .until(
            () -> {
              int now = ask(count::getAsInt);
              return now > 0 && now == before.getAndSet(now);
            });
  }

  /** Waits until nothing moves any more: nothing is counted, no word has changed for a while. */
  void still() {
    AtomicReference<String> words = new AtomicReference<>("");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .during(STILL)
        .until(
            () -> {
              String now = ask(() -> on(".waiting-strip") ? "" : NodeText.words(root()));
              now = COUNTING.stream().anyMatch(now::contains) ? "" : now;
              return !now.isEmpty() && now.equals(words.getAndSet(now));
            });
    run(() -> root().layout());
  }
}
