package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks every two seconds at the run that another process has at work on the store, and has the
 * screens read anew when it got on. User interface's thread only.
 */
final class ElsewhereWatch {
  private static final Duration EVERY = Duration.seconds(2);

  private final Session session;
  private final Tasks.Latest question;
  // One wait at a time, begun anew after each answer: it ends with the window.
  private final PauseTransition wait = new PauseTransition(EVERY);
  private @Nullable RunRecord seen;

  ElsewhereWatch(Session session, Tasks tasks) {
    this.session = session;
    this.question = tasks.latest();
    wait.setOnFinished(event -> ask());
  }

  /** Watches the run among these that is at work in another process, if there is one. */
  void watch(List<RunRecord> runs) {
    stop();
    seen = runs.stream().filter(RunActions::isElsewhere).findFirst().orElse(null);
    if (seen != null) {
      wait.playFromStart();
    }
  }

  void stop() {
    wait.stop();
    question.cancel();
    seen = null;
  }

  private void ask() {
    Upgrades open = session.open();
    RunRecord before = seen;
    if (open != null && before != null) {
      question.run(() -> isChanged(open, before), this::answered);
    }
  }

  private void answered(boolean changed) {
    if (changed) {
      // Whoever lists the runs then watches on.
      session.refresh();
    } else {
      wait.playFromStart();
    }
  }

  private static boolean isChanged(Upgrades open, RunRecord before) {
    // A run whose process is gone is over for whoever reads it.
    return !open.run(before.id()).equals(Optional.of(before));
  }
}
