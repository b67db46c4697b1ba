package dev.memoryconsole.ui.shell;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.ui.common.session.OutcomeLists;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.LockText;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.PaceText;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.common.text.UsageText;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.RunActivity;
import dev.memoryconsole.upgrade.RunProgress;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** Decides what the run bar says. User interface's thread only. */
public final class RunBarViewModel {
  /** The outcomes with a chip, in this order. */
  static final List<EntryState> CHIPS =
      List.of(
          EntryState.UPGRADED,
          EntryState.MENDED,
          EntryState.DELETED,
          EntryState.UNDONE,
          EntryState.FALLBACK,
          EntryState.FAILED,
          EntryState.STALE,
          EntryState.SKIPPED,
          EntryState.CANCELLED);

  private final RunMonitor monitor;
  private final Messages messages;
  private final LockText lockText;
  private final PaceText paceText;
  private final UsageText usageText;
  private final Times times;
  private final OutcomeLists outcomes;
  private final BooleanProperty expanded = new SimpleBooleanProperty();

  /** Shows the run that is at work or ended last. */
  public RunBarViewModel(RunMonitor monitor, Tasks tasks, Messages messages, Times times) {
    this.monitor = monitor;
    this.messages = messages;
    this.lockText = new LockText(messages, times);
    this.paceText = new PaceText(messages, times);
    this.usageText = new UsageText(messages);
    this.times = times;
    this.outcomes = new OutcomeLists(monitor, tasks);
  }

  RunMonitor monitor() {
    return monitor;
  }

  ReadOnlyObjectProperty<LazyList<EntryOutcome>> shown() {
    return outcomes.shown();
  }

  BooleanProperty expanded() {
    return expanded;
  }

  /** Shows only these outcomes; all if none is on. */
  void filter(EntryState outcome, boolean on) {
    outcomes.filter(outcome, on);
  }

  boolean isFiltered(EntryState outcome) {
    return outcomes.isFiltered(outcome);
  }

  String title(RunProgress run) {
    if (run.state() == RunState.RUNNING
        && run.activity() instanceof RunActivity.Verifying(int clean, int needed)) {
      return messages.get("run.verifying", run.run(), clean + 1, needed);
    }
    if (run.state() == RunState.RUNNING
        && run.activity() instanceof RunActivity.TakingSnapshot(double share)) {
      return messages.get("run.snapshot", run.run(), share);
    }
    String key =
        switch (run.state()) {
          case RUNNING ->
              run.activity() instanceof RunActivity.WaitingForOthers
                  ? "run.waitingForOthers"
                  : running(run.kind());
          case PAUSED ->
              run.activity() instanceof RunActivity.WaitingForModel ? "run.waiting" : "run.paused";
          case COMPLETED -> isPart(run) ? "run.partDone" : completed(run.kind());
          case CANCELLED -> isPart(run) ? "run.partLeft" : "run.cancelled";
          case INTERRUPTED -> "run.interrupted";
        };
    return messages.get(key, run.run());
  }

  /**
   * Whether it is what this window does of a run that many share: what becomes of the whole is told
   * on the runs screen.
   */
  boolean isPart(RunProgress run) {
    return TeamRuns.isShared(run.run()) && run.kind() != RunKind.UNDO;
  }

  private static String completed(RunKind kind) {
    return switch (kind) {
      case UPGRADE, STAMPED, RETRY, RESTORE -> "run.completed";
      case MEND -> "run.mended";
      case UNDO -> "run.undone";
    };
  }

  private static String running(RunKind kind) {
    return switch (kind) {
      case UPGRADE, STAMPED -> "run.running";
      case RETRY -> "run.retrying";
      case MEND -> "run.mending";
      case UNDO -> "run.undoing";
      // Has no bar: the panel of snapshots shows how far it is.
      case RESTORE -> "runs.restoreOf";
    };
  }

  double fraction(RunProgress run) {
    if (run.activity() instanceof RunActivity.TakingSnapshot snapshot) {
      return snapshot.share();
    }
    return run.selected() == 0 ? 1 : (double) reached(run) / run.selected();
  }

  /** A cancelled entry has its outcome, but nothing was done about it. */
  private static int reached(RunProgress run) {
    return run.done() - run.count(EntryState.CANCELLED);
  }

  /** For example {@code 168/240 · 14/s · 0:05 left}. */
  String figures(RunProgress run) {
    if (run.state().isOver()) {
      double perSecond = run.elapsedMillis() == 0 ? 0 : reached(run) * 1000.0 / run.elapsedMillis();
      return messages.get(
          "run.figuresOver",
          reached(run),
          run.selected(),
          Times.clock(run.elapsedMillis()),
          rate(perSecond));
    }
    if (run.state() == RunState.PAUSED
        || run.leftMillis().isEmpty()
        || run.activity() instanceof RunActivity.WaitingForOthers) {
      return messages.get("run.figuresPaused", run.done(), run.selected());
    }
    return messages.get(
        "run.figures",
        run.done(),
        run.selected(),
        rate(run.perSecond()),
        Times.clock(run.leftMillis().getAsLong()));
  }

  private String rate(double perSecond) {
    return messages.numbers().decimal(perSecond, perSecond < 10 ? 1 : 0);
  }

  String lock(RunProgress run) {
    String lock = lockText.sentence(run.lock());
    return run.state().isOver() ? lock : messages.get("run.lock", lock, paceText.brief(run.pace()));
  }

  String lockDetails(RunProgress run) {
    return lockText.details(run.lock()) + "\n" + paceText.sentence(run.pace());
  }

  /** What it used of a model so far; empty if it asks none. */
  String usage(RunProgress run) {
    return usageText.line(run.usage());
  }

  String usageDetails(RunProgress run) {
    return usageText.details(run.usage());
  }

  /** Why it waits for its model and when it goes on by itself; empty if it does not wait. */
  String waiting(RunProgress run) {
    if (run.state() != RunState.PAUSED
        || !(run.activity() instanceof RunActivity.WaitingForModel wait)) {
      return "";
    }
    Long until = wait.until();
    return until == null
        ? messages.get("run.waitingForAdmin", messages.words(wait.message()))
        : messages.get(
            "run.waitingUntil",
            messages.words(wait.message()),
            Times.clock(times.millisUntil(until)));
  }

  /** An undo enriches nothing, nor does a mend. */
  boolean canSetConcurrency(RunProgress run) {
    return !run.state().isOver() && run.kind() != RunKind.UNDO && run.kind() != RunKind.MEND;
  }

  void setConcurrency(int places) {
    RunProgress run = monitor.progress().get();
    if (run != null && run.concurrency() != places) {
      monitor.setConcurrency(places);
    }
  }

  /** Whether the run was stopped before every entry had its outcome. */
  boolean canResume(RunProgress run) {
    return !isPart(run)
        && (run.state() == RunState.CANCELLED || run.state() == RunState.INTERRUPTED)
        && (reached(run) < run.selected() || run.verification() == Verification.PENDING);
  }

  /** Whether there is something to take back. */
  boolean canUndo(RunProgress run) {
    return !isPart(run) && run.state().isOver() && written(run) > 0;
  }

  int written(RunProgress run) {
    return count(run, EntryState::isWritten);
  }

  boolean canRetry(RunProgress run) {
    return !isPart(run) && run.state().isOver() && retryable(run) > 0;
  }

  int retryable(RunProgress run) {
    return count(run, EntryState::isRetryable);
  }

  private static int count(RunProgress run, Predicate<EntryState> which) {
    int sum = 0;
    for (EntryState state : EntryState.values()) {
      sum += which.test(state) ? run.count(state) : 0;
    }
    return sum;
  }

  String millis(EntryOutcome outcome) {
    return outcome.equals(OutcomeLists.LOADING) ? "" : messages.numbers().whole(outcome.millis());
  }
}
