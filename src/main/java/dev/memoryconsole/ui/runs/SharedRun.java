package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamWorker;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What a shared run's consoles are told together: to take part, to rest, to stop. Of a run that is
 * not shared, or is over, there is nothing to tell. User interface's thread only.
 */
final class SharedRun {
  private final RunsViewModel model;
  private final Session session;
  private final Tasks tasks;
  private final Tasks.Latest question;
  private final RunActions actions;
  private final Confirmations confirmations;
  private final Messages messages;
  private final ReadOnlyObjectWrapper<@Nullable TeamRun> run = new ReadOnlyObjectWrapper<>();

  /** Of the run that the screen shows. */
  SharedRun(
      RunsViewModel model,
      Session session,
      Tasks tasks,
      RunActions actions,
      Confirmations confirmations,
      Messages messages) {
    this.model = model;
    this.session = session;
    this.tasks = tasks;
    this.question = tasks.latest();
    this.actions = actions;
    this.confirmations = confirmations;
    this.messages = messages;
    model.current().addListener((value, before, now) -> look(now));
  }

  /** The run that is shown, if it is shared and not over. */
  ReadOnlyObjectProperty<@Nullable TeamRun> run() {
    return run.getReadOnlyProperty();
  }

  /** Whether a run of this window is at work: then it takes part in no other. */
  ReadOnlyBooleanProperty running() {
    return model.running();
  }

  private void look(@Nullable RunRecord now) {
    Upgrades open = session.open();
    TeamRun before = run.get();
    if (before != null && (now == null || before.record().id() != now.id())) {
      run.set(null);
    }
    question.cancel();
    if (open != null && now != null && open.sharedRuns().isPresent()) {
      question.run(
          () ->
              open.sharedRuns()
                  .flatMap(team -> team.find(now.id()))
                  .filter(found -> found.record().state() != RunState.COMPLETED),
          found -> run.set(found.orElse(null)));
    }
  }

  /** Who works on it, one sentence. */
  String sentence(TeamRun shared) {
    String consoles =
        shared.workers().stream()
            .filter(TeamWorker::isAtWork)
            .map(worker -> messages.get("runs.shared.worker", worker.name(), worker.finished()))
            .collect(Collectors.joining(messages.get("runs.shared.separator")));
    return switch (shared.record().state()) {
      case CANCELLED -> messages.get("runs.shared.cancelled");
      case PAUSED ->
          shared.atWork() == 0
              ? messages.get("runs.shared.nobody")
              : messages.get("runs.shared.paused", consoles);
      case RUNNING, INTERRUPTED, COMPLETED ->
          shared.atWork() == 0
              ? messages.get("runs.shared.nobody")
              : messages.get("runs.shared.atWork", shared.atWork(), consoles);
    };
  }

  /** Whether it rests, or was cancelled: then all can be told to go on. */
  static boolean rests(TeamRun shared) {
    RunState state = shared.record().state();
    return state == RunState.PAUSED || state == RunState.CANCELLED;
  }

  /** Takes part, after the question about what is sent. */
  void takePart() {
    with(shared -> actions.takePart(shared.record().id()));
  }

  /** Has all rest, or go on if they do. */
  void restOrGoOn() {
    with(shared -> tell(team -> team.pause(shared.record().id(), !rests(shared))));
  }

  /** Asks, and cancels it for all. */
  void cancel() {
    with(
        shared ->
            confirmations.ask(
                messages.get("runs.shared.cancel.title", Long.toString(shared.record().id())),
                messages.get("runs.shared.cancel.text", shared.atWork()),
                messages.get("runs.shared.cancel.action"),
                () -> tell(team -> team.cancel(shared.record().id()))));
  }

  private void with(Consumer<TeamRun> action) {
    TeamRun shared = run.get();
    if (shared != null) {
      action.accept(shared);
    }
  }

  private void tell(Consumer<TeamRuns> wish) {
    Upgrades open = session.open();
    if (open != null) {
      Optional<TeamRuns> team = open.sharedRuns();
      tasks.run(
          () -> {
            team.ifPresent(wish);
            return true;
          },
          done -> session.refresh());
    }
  }
}
