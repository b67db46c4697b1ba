package dev.memoryconsole.ui.runs;

import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.VerifyReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * While a store is open, looks again at what its latest runs wrote when that is due, long after the
 * runs are over: no run is at work meanwhile. What was overwritten of a run of this window is
 * re-applied, as the run itself would have done; what an earlier one lost is offered. User
 * interface's thread only.
 */
final class VerifyTail {
  private final Session session;
  private final RunMonitor monitor;
  private final Tasks tasks;
  private final Supplier<UpgradeOptions> options;
  private final Consumer<VerifyReport> offer;
  private final Map<Long, PauseTransition> waiting = new HashMap<>();
  // Runs of this window, and those of them that wait for another run's end to be re-applied.
  private final Set<Long> ours = new HashSet<>();
  private final Set<Long> owed = new HashSet<>();

  VerifyTail(
      Session session,
      RunMonitor monitor,
      Tasks tasks,
      Supplier<UpgradeOptions> options,
      Consumer<VerifyReport> offer) {
    this.session = session;
    this.monitor = monitor;
    this.tasks = tasks;
    this.options = options;
    this.offer = offer;
  }

  /** Another store is open, or none. */
  void opened(@Nullable Upgrades open) {
    waiting.values().forEach(PauseTransition::stop);
    waiting.clear();
    ours.clear();
    owed.clear();
    if (open != null) {
      plan(open);
    }
  }

  /** A run of this window is over. */
  void ended(Upgrades open, long run) {
    ours.add(run);
    Long next = owed.stream().findFirst().orElse(null);
    if (next == null) {
      plan(open);
    } else {
      reapply(next);
    }
  }

  private void plan(Upgrades open) {
    tasks.run(
        open::laterLooks,
        due -> {
          if (session.open() == open) {
            due.forEach((run, millis) -> wait(open, run, millis));
          }
        });
  }

  private void wait(Upgrades open, long run, long millis) {
    PauseTransition before = waiting.remove(run);
    if (before != null) {
      before.stop();
    }
    PauseTransition pause = new PauseTransition(Duration.millis((double) Math.max(1, millis)));
    pause.setOnFinished(
        event -> {
          waiting.remove(run);
          look(open, run);
        });
    waiting.put(run, pause);
    pause.play();
  }

  private void look(Upgrades open, long run) {
    tasks.runLong(
        () -> open.verify(run),
        report -> {
          if (session.open() == open) {
            judge(open, run, report);
          }
        });
  }

  private void judge(Upgrades open, long run, VerifyReport report) {
    boolean lost = report.runsToReapply().contains(run);
    if (lost && !ours.contains(run)) {
      offer.accept(report);
    } else if (lost && monitor.isActive()) {
      owed.add(run);
    } else if (lost) {
      reapply(run);
      return;
    }
    plan(open);
    session.refresh();
  }

  private void reapply(long run) {
    owed.remove(run);
    UpgradeOptions chosen = options.get();
    monitor.start(open -> open.reapply(run, chosen));
  }
}
