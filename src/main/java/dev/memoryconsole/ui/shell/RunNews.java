package dev.memoryconsole.ui.shell;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.RunProgress;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a run to who looks elsewhere: its progress in the window's title, its end in a notice,
 * and the end of a long one by the desktop if the window is in the background. User interface's
 * thread only.
 */
public final class RunNews {
  /** Whoever waited less has hardly looked away. */
  private static final long LONG_MILLIS = 3_000;

  private final RunBarViewModel bar;
  private final ShellViewModel shell;
  private final RunMonitor monitor;
  private final RunActions actions;
  private final Notices notices;
  private final UiServices services;
  private final Tasks tasks;
  private final Messages messages;
  private final BooleanProperty inFront = new SimpleBooleanProperty(true);
  private @Nullable RunProgress unseen;
  private Consumer<String> title = words -> {};

  /** Of the runs of this monitor. */
  RunNews(
      RunBarViewModel bar,
      ShellViewModel shell,
      RunActions actions,
      Notices notices,
      UiServices services,
      Tasks tasks,
      Messages messages) {
    this.bar = bar;
    this.shell = shell;
    this.monitor = bar.monitor();
    this.actions = actions;
    this.notices = notices;
    this.services = services;
    this.tasks = tasks;
    this.messages = messages;
    monitor
        .progress()
        .addListener(
            (value, before, now) -> {
              if (now != null && (before == null || !before.state().isOver())) {
                ended(now);
              }
              showTitle();
            });
    shell.session().upgrades().addListener(value -> showTitle());
    inFront.addListener(value -> seen());
  }

  /** Whether the window has the admin's attention; bound by who has the window. */
  public BooleanProperty inFront() {
    return inFront;
  }

  /** Tells who shows the window's title. */
  public void onTitle(Consumer<String> shown) {
    title = shown;
    showTitle();
  }

  private void seen() {
    if (inFront.get()) {
      unseen = null;
      showTitle();
    }
  }

  private void showTitle() {
    String app = messages.get("app.title");
    if (!shell.isStoreOpen()) {
      title.accept(app);
      return;
    }
    RunProgress run = monitor.progress().get();
    String place = messages.get("title.store", shell.storeName(), app);
    if (run != null && !run.state().isOver()) {
      title.accept(messages.get("title.atWork", bar.fraction(run), bar.title(run), place));
    } else if (unseen != null) {
      title.accept(messages.get("title.over", bar.title(unseen), place));
    } else {
      title.accept(place);
    }
  }

  private void ended(RunProgress run) {
    if (!run.state().isOver()) {
      return;
    }
    boolean isUndo = run.kind() == RunKind.UNDO;
    int written = bar.written(run);
    String sentence =
        messages.get(isUndo ? "run.endOfUndo" : "run.end", bar.title(run), written, run.selected());
    if (run.state() == RunState.COMPLETED && bar.isPart(run)) {
      notices.success(sentence);
    } else if (run.state() == RunState.COMPLETED && written > 0) {
      notices.success(
          sentence,
          new Notices.Offer(
              messages.get("runs.undo"), () -> actions.undo(run.run(), run.kind(), written)));
    }
    if (!inFront.get()) {
      unseen = run;
      if (run.elapsedMillis() >= LONG_MILLIS) {
        String failed = messages.get("run.endFailed", sentence, run.count(EntryState.FAILED));
        String text = run.count(EntryState.FAILED) == 0 ? sentence : failed;
        tasks.run(() -> services.notifyDesktop(shell.storeName(), text));
      }
    }
  }
}
