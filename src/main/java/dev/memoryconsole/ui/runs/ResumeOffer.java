package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.RestoreText;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Offers to go on with the newest run that was interrupted and has left something that no later run
 * has done. One that was cancelled is not offered: somebody wanted it so. Where the newest run of
 * all is a restore that was killed, it can't go on: then this says what is safe. User interface's
 * thread only.
 */
public final class ResumeOffer {
  private final RunsViewModel model;
  private final RunMonitor monitor;
  private final RunActions actions;
  private final Messages messages;
  private final RestoreText restores;
  private final Session session;
  private final Tasks.Latest question;
  private final Set<Long> later = new HashSet<>();
  private final ReadOnlyObjectWrapper<@Nullable RunRecord> offered = new ReadOnlyObjectWrapper<>();
  private Set<Long> unfinished = Set.of();
  private int others;

  /** Out of the runs that the screen lists. */
  public ResumeOffer(
      RunsViewModel model,
      Session session,
      Tasks tasks,
      RunMonitor monitor,
      RunActions actions,
      Messages messages,
      RestoreText restores) {
    this.model = model;
    this.session = session;
    this.question = tasks.latest();
    this.monitor = monitor;
    this.actions = actions;
    this.messages = messages;
    this.restores = restores;
    model.runs().addListener(value -> look());
    monitor.progress().addListener(value -> choose());
  }

  /** The run to go on with; null if there is nothing to offer. */
  ReadOnlyObjectProperty<@Nullable RunRecord> offered() {
    return offered.getReadOnlyProperty();
  }

  /** What is offered, one or two sentences. */
  String sentence(RunRecord run) {
    if (run.restore() != null) {
      return restores.offer(run);
    }
    int done =
        run.counts().values().stream().mapToInt(Integer::intValue).sum()
            - run.count(EntryState.CANCELLED);
    Long ofRun = run.ofRun();
    String sentence =
        done == run.selected()
            ? messages.get("resume.textVerify", run.id())
            : run.kind() == RunKind.UNDO && ofRun != null
                ? messages.get("resume.textOfUndo", run.id(), done, run.selected(), ofRun)
                : messages.get("resume.text", run.id(), done, run.selected());
    return others == 0 ? sentence : messages.get("resume.more", sentence, others);
  }

  void resume() {
    RunRecord run = offered.get();
    if (run != null && run.isResumable()) {
      // Comes back with the next look at the runs if it can't be resumed.
      offered.set(null);
      actions.resume(run);
    }
  }

  /** No more until the store is opened again. */
  void later() {
    model.runs().get().forEach(run -> later.add(run.id()));
    choose();
  }

  /** Finds out which of the interrupted runs have left anything that no later run has done. */
  private void look() {
    Upgrades open = session.open();
    List<RunRecord> interrupted =
        model.runs().get().stream()
            .filter(run -> run.state() == RunState.INTERRUPTED && run.isResumable())
            .toList();
    question.cancel();
    if (open != null && !interrupted.isEmpty() && !model.isBusy()) {
      question.run(
          () ->
              interrupted.stream()
                  .filter(run -> isUnfinished(open, run))
                  .map(RunRecord::id)
                  .collect(Collectors.toSet()),
          found -> {
            unfinished = found;
            choose();
          });
    }
    choose();
  }

  private static boolean isUnfinished(Upgrades open, RunRecord run) {
    return run.kind() == RunKind.UNDO
        || run.kind() == RunKind.MEND
        || run.verification() == Verification.PENDING
        || !open.peek(new RunRequest.Resume(run.id()), Set.of()).isEmpty();
  }

  private void choose() {
    List<RunRecord> runs = model.runs().get();
    RunProgress shown = monitor.progress().get();
    if (runs.isEmpty()) {
      later.clear();
    }
    if (model.isBusy() || runs.isEmpty()) {
      // What is at work may do what another has left: asked anew when it is over.
      unfinished = Set.of();
    }
    // The run bar has the same button for the run it shows.
    List<RunRecord> interrupted =
        runs.stream()
            .filter(
                run ->
                    unfinished.contains(run.id())
                        || (RestoreText.isInDoubt(run) && run.equals(runs.getFirst())))
            .filter(run -> !later.contains(run.id()))
            .filter(run -> shown == null || shown.run() != run.id())
            .toList();
    others = Math.max(0, interrupted.size() - 1);
    offered.set(interrupted.isEmpty() || model.isBusy() ? null : interrupted.getFirst());
  }
}
