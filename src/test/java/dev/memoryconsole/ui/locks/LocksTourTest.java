package dev.memoryconsole.ui.locks;

import static org.awaitility.Awaitility.await;

import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.ForeignWriter;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.TestServices;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.locks.chart.TimelineProbe;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures of the locks screen, to be looked at. */
@Tag("node")
class LocksTourTest extends WindowTest {
  LocksTourTest() {
    clock = Clock.systemUTC();
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void theLocks(Theme theme) throws Exception {
    String suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    Path store = services.store("agent-main.db", TestServices.demoRows());
    show(store, Locale.ENGLISH, theme, 1280, 800);
    services.enricher.hold();
    press("#upgradeAll");
    press("#yes");
    press("#locks");
    AtomicBoolean over = new AtomicBoolean();
    FutureTask<?> agent = new FutureTask<>(() -> write(store, over));
    Thread.ofPlatform().daemon().start(agent);
    for (int i = 0; i < 22; i++) {
      int so = i;
      services.enricher.permit(8);
      await().pollDelay(Duration.ofMillis(600)).until(() -> so >= 0);
    }
    until(() -> says("the upgrade held the lock"));
    Pictures.shoot(stage, "81-locks" + suffix);
    run(() -> new TimelineProbe(node("#lockTimeline", Node.class)).key(KeyCode.RIGHT, true));
    run(() -> new TimelineProbe(node("#lockTimeline", Node.class)).pointAt(9));
    Pictures.shoot(stage, "83-locks-near" + suffix);
    over.set(true);
    agent.get();
    services.enricher.release();
    until(() -> says("Run 1 done"));
    run(() -> node("#chooseRun", MenuButton.class).getItems().getFirst().fire());
    until(() -> says("During the run"));
    Pictures.shoot(stage, "84-locks-run" + suffix);
    press("#dismiss");
    run(() -> stage.setWidth(900));
    run(() -> stage.setHeight(600));
    Pictures.shoot(stage, "82-locks-small" + suffix);
  }

  /** An agent that writes now and then, and once holds the lock for long. */
  private static Object write(Path store, AtomicBoolean over) throws Exception {
    try (ForeignWriter agent = new ForeignWriter(store)) {
      for (int i = 0; !over.get(); i++) {
        agent.hold();
        int pause = i == 20 ? 1_500 : 30 + i % 5 * 20;
        await().pollDelay(Duration.ofMillis(pause)).until(() -> true);
        agent.write("none");
        await().pollDelay(Duration.ofMillis(250)).until(() -> true);
      }
    }
    return over;
  }
}
