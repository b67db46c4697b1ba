package dev.memoryconsole.ui.snapshots;

import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.task.Working;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Sizes;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.services.SnapshotRules;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Decides what the panel of snapshots shows and does. User interface's thread only. */
public final class SnapshotsViewModel {

  private final UiServices services;
  private final Session session;
  private final RunMonitor runs;
  private final Tasks tasks;
  private final Tasks.Latest list;
  private final Slot<Working> copies;
  private final Notices notices;
  private final Confirmations confirmations;
  private final Messages messages;
  private final Sizes sizes;
  private final Times times;
  private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper offered = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable List<Snapshot>> snapshots =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable SnapshotRules> rules =
      new ReadOnlyObjectWrapper<>();

  /** For the store of this session. */
  public SnapshotsViewModel(
      UiServices services,
      Session session,
      RunMonitor runs,
      Tasks tasks,
      Notices notices,
      Confirmations confirmations,
      Messages messages,
      Times times) {
    this.services = services;
    this.session = session;
    this.runs = runs;
    this.tasks = tasks;
    this.list = tasks.latest();
    this.copies = tasks.slot(true);
    this.notices = notices;
    this.confirmations = confirmations;
    this.messages = messages;
    this.sizes = new Sizes(messages);
    this.times = times;
    session
        .upgrades()
        .addListener(
            value -> {
              cancel();
              close();
              offered.set(isRestorable());
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
    copies.cancel();
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
    return copies.progress();
  }

  /** Whether a run is at work: nothing can be restored then. */
  BooleanExpression runIsActive() {
    return runs.active();
  }

  /** Whether the store is one of which there are snapshots. */
  ReadOnlyBooleanProperty isOffered() {
    return offered.getReadOnlyProperty();
  }

  private boolean isRestorable() {
    Upgrades store = session.open();
    return store != null && store.store() instanceof Restorable;
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
    return sizes.of(snapshot.bytes());
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
          session.withDoubt(messages.get("snapshots.restore.text", storeName()), messages),
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
    if (copies.isBusy()) {
      return;
    }
    copies.start(
        working(words, 0, 1),
        progress -> copying.run((done, total) -> progress.accept(working(words, done, total))),
        snapshot -> {
          onDone.accept(snapshot);
          reload();
        },
        failure -> {
          notices.present(failure);
          reload();
          // A restore is a run, one that failed too.
          session.refresh();
        });
  }

  private Working working(String words, long done, long total) {
    double fraction = total <= 0 ? 0 : (double) done / total;
    return new Working(messages.get(words, fraction), fraction);
  }
}
