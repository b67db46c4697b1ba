package dev.memoryconsole.ui.snapshots;

import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.services.SnapshotRules;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;

/** Decides what the panel of snapshots shows and does. User interface's thread only. */
public final class SnapshotsViewModel {
  private static final double MEGA = 1_000_000;
  private static final double KILO = 1_000;

  /**
   * What is being done.
   *
   * @param words for example {@code Taking a snapshot… 40 %}
   * @param fraction 0 to 1
   */
  record Working(String words, double fraction) {}

  private final UiServices services;
  private final Session session;
  private final RunMonitor runs;
  private final Tasks tasks;
  private final Tasks.Latest list;
  private final Executor background;
  private final Notices notices;
  private final Confirmations confirmations;
  private final Messages messages;
  private final Times times;
  private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable List<Snapshot>> snapshots =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable SnapshotRules> rules =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Working> working = new ReadOnlyObjectWrapper<>();
  private @Nullable Task<?> current;

  /** Of the session's store. */
  public SnapshotsViewModel(
      UiServices services,
      Session session,
      RunMonitor runs,
      Tasks tasks,
      Executor background,
      Notices notices,
      Confirmations confirmations,
      Messages messages,
      Times times) {
    this.services = services;
    this.session = session;
    this.runs = runs;
    this.tasks = tasks;
    this.list = tasks.latest();
    this.background = background;
    this.notices = notices;
    this.confirmations = confirmations;
    this.messages = messages;
    this.times = times;
    session
        .upgrades()
        .addListener(
            value -> {
              cancel();
              close();
            });
  }

  /** Shows the panel. */
  public void open() {
    if (session.open() != null) {
      snapshots.set(null);
      open.set(true);
      reload();
      tasks.run(services::snapshotRules, rules::set);
    }
  }

  /** Stops what is under way. */
  public void cancel() {
    Task<?> running = current;
    if (running != null) {
      end(running);
      running.cancel();
    }
  }

  void close() {
    list.cancel();
    open.set(false);
  }

  ReadOnlyBooleanProperty isOpen() {
    return open.getReadOnlyProperty();
  }

  /** Newest first; null until they are read. */
  ReadOnlyObjectProperty<@Nullable List<Snapshot>> snapshots() {
    return snapshots.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<@Nullable SnapshotRules> rules() {
    return rules.getReadOnlyProperty();
  }

  /** What is being done; null if nothing is. */
  ReadOnlyObjectProperty<@Nullable Working> working() {
    return working.getReadOnlyProperty();
  }

  /** Whether a run is at work: nothing can be restored then. */
  BooleanExpression runIsActive() {
    return runs.active();
  }

  String storeName() {
    Upgrades store = session.open();
    return store == null ? "" : store.store().location().name();
  }

  String takenAt(Snapshot snapshot) {
    return times.exact(snapshot.takenAt().toEpochMilli());
  }

  String age(Snapshot snapshot) {
    return times.relative(snapshot.takenAt().toEpochMilli());
  }

  /** Why it was taken, and whether it can still be restored. */
  String about(Snapshot snapshot) {
    return snapshot.kept() ? cause(snapshot) : messages.get("snapshots.removed", cause(snapshot));
  }

  private String cause(Snapshot snapshot) {
    return switch (snapshot.cause()) {
      case RUN -> messages.get("snapshots.beforeRun", snapshot.run());
      case MANUAL -> messages.get("snapshots.manual");
      case RESTORE -> messages.get("snapshots.beforeRestore");
    };
  }

  String size(Snapshot snapshot) {
    double bytes = snapshot.bytes();
    return bytes < MEGA
        ? messages.get("snapshots.kb", Math.ceil(bytes / KILO))
        : messages.get("snapshots.mb", bytes / MEGA);
  }

  void saveRules(SnapshotRules changed) {
    if (!changed.equals(rules.get())) {
      rules.set(changed);
      tasks.run(() -> services.saveSnapshotRules(changed));
    }
  }

  void take() {
    Upgrades store = session.open();
    if (store != null) {
      run(
          "snapshots.taking",
          progress -> services.takeSnapshot(store, progress),
          taken -> notices.success(messages.get("snapshots.taken", size(taken))));
    }
  }

  /** Asks, and then restores. */
  void restore(Snapshot snapshot) {
    Upgrades store = session.open();
    if (store != null && snapshot.kept() && !runs.isActive()) {
      confirmations.warn(
          messages.get("snapshots.restore.title", takenAt(snapshot)),
          session.withDoubt(messages.get("snapshots.restore.text", storeName())),
          messages.get("snapshots.restore.action"),
          () -> restore(store, snapshot));
    }
  }

  private void restore(Upgrades store, Snapshot snapshot) {
    if (runs.isActive()) {
      notices.warning(messages.get("snapshots.busy"));
      return;
    }
    run(
        "snapshots.restoring",
        progress -> services.restoreSnapshot(store, snapshot, progress),
        before -> {
          notices.success(messages.get("snapshots.restored", takenAt(snapshot), takenAt(before)));
          session.refresh();
        });
  }

  private void reload() {
    Upgrades store = session.open();
    if (store != null) {
      list.run(() -> services.snapshots(store), snapshots::set);
    }
  }

  private interface Copying {
    Snapshot run(SnapshotProgress progress) throws InterruptedException;
  }

  private void run(String words, Copying copying, Consumer<Snapshot> onDone) {
    if (current != null) {
      return;
    }
    Task<Snapshot> task = new CopyTask(copying);
    current = task;
    working.set(new Working(messages.get(words, 0), 0));
    task.progressProperty()
        .addListener(
            (value, before, now) -> {
              if (current == task) {
                double fraction = Math.max(0, now.doubleValue());
                working.set(new Working(messages.get(words, fraction), fraction));
              }
            });
    task.setOnSucceeded(
        event -> {
          end(task);
          onDone.accept(task.getValue());
          reload();
        });
    task.setOnFailed(
        event -> {
          end(task);
          notices.present(task.getException());
          reload();
          // A restore is a run, one that failed too.
          session.refresh();
        });
    background.execute(task);
  }

  private void end(Task<?> task) {
    if (current == task) {
      current = null;
      working.set(null);
    }
  }

  private static final class CopyTask extends Task<Snapshot> {
    private final Copying copying;

    CopyTask(Copying copying) {
      this.copying = copying;
    }

    @Override
    protected Snapshot call() throws InterruptedException {
      return copying.run(this::updateProgress);
    }
  }
}
