package dev.memoryconsole.ui.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.testing.ManyRows;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check-up and a mend of 100,000 memories, of which a third is found. */
@Tag("long")
class LargeCheckupTest extends WindowTest {
  private static final int ROWS = 100_000;

  private Path store() throws Exception {
    Path store = folder.resolve("many.db");
    ManyRows.fill(store, ROWS, 12);
    Sql.run(store, "UPDATE memories SET scope = '' WHERE rowid % 3 = 0");
    return store;
  }

  @Test
  void whatIsFoundIsListedAndTheLookCanBeStopped() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicInteger parts = new AtomicInteger();
    show(store());
    until(() -> table().getItems().size() == ROWS);
    press("#checkup");
    services.threads.before =
        method -> {
          if (method.equals("find") && parts.incrementAndGet() == 20) {
            Uninterrupted.await(cancelled::await);
          }
        };
    press("#checkupBegin");
    until(() -> parts.get() == 20);
    until(
        () -> node("#checkupProgress", Label.class).getText().equals("Looked at 9,500 of 100,000"));
    press("#checkupCancel");
    cancelled.countDown();
    until(() -> !on("#checkupCancel"));
    assertThat(on("#checkupFindings")).isFalse();
    services.threads.before = method -> {};
    press("#checkupBegin");
    until(() -> on("#checkupFound"));
    int blank = ask(() -> node("#checkupFound", ListView.class).getItems().size());
    assertThat(blank).isEqualTo(ROWS / 3);
    press("#checkupMend");
    until(() -> on("#mendHint"));
    run(() -> node("#mendScope", ComboBox.class).getEditor().setText("agent:ops"));
    until(() -> on("#mendNumber"));
    assertThat(ask(() -> node("#mendRun", ButtonBase.class).getText()))
        .isEqualTo("Change these 33,333");
    press("#mendClose");
    run(() -> node("#checkupFindings", ListView.class).getSelectionModel().selectLast());
    until(() -> on("#checkupGroups") || on("#checkupNone"));
  }

  @Test
  void aMendOfAllIsShownWhileTheWindowAnswers() throws Exception {
    show(store());
    until(() -> table().getItems().size() == ROWS);
    run(
        () -> {
          MenuButton menu = node("#change", MenuButton.class);
          menu.getOnShowing().handle(null);
          menu.getItems().stream()
              .filter(item -> "changeMatching".equals(item.getId()))
              .findFirst()
              .orElseThrow()
              .fire();
        });
    until(() -> on("#mendHint"));
    run(
        () -> {
          ComboBox<?> state = node("#mendState", ComboBox.class);
          state.getSelectionModel().select(state.getItems().size() - 1);
        });
    // Whoever chooses on does not wait for what was chosen before.
    run(
        () -> {
          ComboBox<?> tier = node("#mendTier", ComboBox.class);
          tier.getSelectionModel().select(1);
        });
    until(() -> on("#mendNumber"));
    assertThat(ask(() -> node("#mendRun", ButtonBase.class).getText()))
        .isEqualTo("Change these 100,000");
  }
}
