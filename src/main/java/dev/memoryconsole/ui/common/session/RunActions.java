package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;

/** What can be done with a run that is over. User interface's thread only. */
public final class RunActions {
  private final Session session;
  private final RunMonitor monitor;
  private final RunGate gate;
  private final Confirmations confirmations;
  private final Messages messages;

  /** Through this monitor, asking where it matters. */
  public RunActions(
      Session session,
      RunMonitor monitor,
      RunGate gate,
      Confirmations confirmations,
      Messages messages) {
    this.session = session;
    this.monitor = monitor;
    this.gate = gate;
    this.confirmations = confirmations;
    this.messages = messages;
  }

  /** Whether a run of this window is at work: then no other can be started. */
  public ReadOnlyBooleanProperty running() {
    return monitor.active();
  }

  /** Whether another process is at work on it, as far as the journal knows. */
  public static boolean isElsewhere(RunRecord run) {
    return !run.state().isOver() && !run.owner().isSelf();
  }

  /** How many memories it wrote. */
  public static int written(RunRecord run) {
    return count(run, EntryState::isWritten);
  }

  /** How many of its memories a retry takes. */
  public static int retryable(RunRecord run) {
    return count(run, EntryState::isRetryable);
  }

  private static int count(RunRecord run, Predicate<EntryState> which) {
    return run.counts().entrySet().stream()
        .filter(count -> which.test(count.getKey()))
        .mapToInt(count -> count.getValue())
        .sum();
  }

  /** Goes on with a run that was cancelled or interrupted. */
  public void resume(RunRecord run) {
    resume(run.id(), run.kind());
  }

  /** Goes on with a run of this kind that was cancelled or interrupted. */
  public void resume(long run, RunKind kind) {
    UpgradeOptions chosen = monitor.options();
    if (kind == RunKind.UNDO || kind == RunKind.MEND) {
      // Neither sends anything away.
      resumeWithoutModel(run, chosen);
    } else {
      gate.start(new RunStart(new RunRequest.Resume(run), chosen, false, () -> {}));
    }
  }

  /** Takes part in a run that other consoles work on. */
  public void takePart(long run) {
    gate.start(new RunStart(new RunRequest.Part(run), monitor.options(), false, () -> {}));
  }

  private void resumeWithoutModel(long run, UpgradeOptions chosen) {
    Runnable resume = () -> monitor.start(open -> open.resume(run, chosen));
    if (session.doubt().get().isEmpty()) {
      resume.run();
    } else {
      confirmations.ask(
          messages.get("send.resume.title", run),
          messages.words(session.doubt().get()),
          messages.get("send.resume.action"),
          resume);
    }
  }

  /** Retries what fell back, failed or stayed stale in a run. */
  public void retry(RunRecord run) {
    retry(run.id(), run.kind());
  }

  /** Retries what fell back, failed or stayed stale in a run of this kind. */
  public void retry(long run, RunKind kind) {
    UpgradeOptions chosen = monitor.options();
    if (kind == RunKind.MEND) {
      // Sends nothing away, and was asked about before.
      monitor.start(open -> open.retry(run, chosen));
    } else {
      gate.start(new RunStart(new RunRequest.Retry(run), chosen, false, () -> {}));
    }
  }

  /** Asks, with the number, and takes back all that a run wrote. */
  public void undo(RunRecord run) {
    undo(run.id(), run.kind(), written(run));
  }

  /**
   * Asks and takes back all that a run wrote.
   *
   * @param written in how many memories
   */
  public void undo(long run, RunKind kind, int written) {
    ask(run, kind == RunKind.UNDO, written, List.of());
  }

  /**
   * Asks, with the number, and takes back what a run wrote in these memories.
   *
   * @param isUndo whether that run is an undo itself
   */
  public void undo(long run, boolean isUndo, Collection<String> ids) {
    ask(run, isUndo, ids.size(), List.copyOf(ids));
  }

  private void ask(long run, boolean isUndo, int count, List<String> ids) {
    confirmations.ask(
        messages.get("undo.title", run),
        session.withDoubt(
            messages.get(isUndo ? "undo.textOfUndo" : "undo.text", run, count), messages),
        messages.get(isUndo ? "undo.actionOfUndo" : "undo.action"),
        () -> monitor.undo(run, ids));
  }
}
