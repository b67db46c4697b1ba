package dev.memoryconsole.ui.lab;

import dev.memoryconsole.lab.LabListener;
import dev.memoryconsole.lab.LabPlan;
import dev.memoryconsole.lab.LabResult;
import dev.memoryconsole.lab.LabTable;
import dev.memoryconsole.lab.Strategy;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.task.Working;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Decides what the lab's panel shows and does. User interface's thread only. */
public final class LabViewModel {
  private static final double COPYING = 0.05;

  private record Progress(Working working, List<LabResult> results) {}

  private final UiServices services;
  private final Session session;
  private final Slot<Progress> visit;
  private final Notices notices;
  private final Messages messages;
  private final Times times;
  private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable Working> working = new ReadOnlyObjectWrapper<>();
  private final ObservableList<LabResult> results = FXCollections.observableArrayList();

  /** For the store of this session. */
  public LabViewModel(
      UiServices services,
      Session session,
      Tasks tasks,
      Notices notices,
      Messages messages,
      Times times) {
    this.services = services;
    this.session = session;
    this.visit = tasks.slot(true);
    visit.progress().addListener((value, before, now) -> show(now));
    this.notices = notices;
    this.messages = messages;
    this.times = times;
    session
        .upgrades()
        .addListener(
            value -> {
              cancel();
              close();
              results.clear();
            });
  }

  /** Shows the panel. */
  public void open() {
    if (session.open() != null) {
      open.set(true);
    }
  }

  void close() {
    open.set(false);
  }

  ReadOnlyBooleanProperty isOpen() {
    return open.getReadOnlyProperty();
  }

  /** What is being done; null if nothing is. */
  ReadOnlyObjectProperty<@Nullable Working> working() {
    return working.getReadOnlyProperty();
  }

  /** The strategies tried so far. */
  ObservableList<LabResult> results() {
    return results;
  }

  String storeName() {
    Upgrades store = session.open();
    return store == null ? "" : store.store().location().name();
  }

  /** Tries all strategies. */
  void run(LabPlan plan) {
    Upgrades store = session.open();
    if (store == null || visit.isBusy()) {
      return;
    }
    results.clear();
    visit.start(
        new Progress(new Working(messages.get("lab.copying"), 0), List.of()),
        progress -> services.lab(store, plan, new Telling(plan, progress)),
        results::setAll,
        notices::present);
  }

  /** Stops what is under way; what was tried until then stays on the screen. */
  public void cancel() {
    visit.cancel();
  }

  private void show(@Nullable Progress now) {
    working.set(now == null ? null : now.working());
    if (now != null && now.results().size() > results.size()) {
      results.setAll(now.results());
    }
  }

  /** The table, to be pasted elsewhere. */
  String markdown() {
    return LabTable.markdown(results);
  }

  void copied() {
    notices.success(messages.get("lab.copied"));
  }

  String strategy(Strategy strategy) {
    return messages.get(
        switch (strategy) {
          case LOCK_DURING_MODEL -> "lab.duringModel";
          case LOCK_PER_ENTRY -> "lab.perEntry";
          case LOCK_PER_BATCH -> "lab.perBatch";
          case COMPARE_AND_SWAP -> "lab.swap";
        });
  }

  /** A strategy's name in a word or two. */
  String brief(Strategy strategy) {
    return messages.get(
        switch (strategy) {
          case LOCK_DURING_MODEL -> "lab.briefDuringModel";
          case LOCK_PER_ENTRY -> "lab.briefPerEntry";
          case LOCK_PER_BATCH -> "lab.briefPerBatch";
          case COMPARE_AND_SWAP -> "lab.briefSwap";
        });
  }

  String millis(double millis) {
    return times.millis(millis);
  }

  String quantiles(LockSummary.Quantiles q) {
    return messages.get("lab.quantiles", millis(q.p50()), millis(q.p99()), millis(q.max()));
  }

  String count(long number) {
    return messages.numbers().whole(number);
  }

  /** Puts into words how far a visit is. In the background. */
  private final class Telling implements LabListener {
    private final LabPlan plan;
    private final Consumer<Progress> progress;
    private final List<LabResult> soFar = new ArrayList<>();
    private Working newest = new Working(messages.get("lab.copying"), 0);

    Telling(LabPlan plan, Consumer<Progress> progress) {
      this.plan = plan;
      this.progress = progress;
    }

    @Override
    public void copying(double share) {
      tell(new Working(messages.get("lab.copying"), COPYING * share));
    }

    @Override
    public void trying(Strategy strategy, int done, int entries) {
      double tried = (soFar.size() + (double) done / entries) / Strategy.values().length;
      tell(
          new Working(
              messages.get("lab.trying", strategy.label(), done, plan.entries()),
              COPYING + (1 - COPYING) * tried));
    }

    @Override
    public void tried(LabResult result) {
      soFar.add(result);
      tell(newest);
    }

    private void tell(Working now) {
      newest = now;
      progress.accept(new Progress(now, List.copyOf(soFar)));
    }
  }
}
