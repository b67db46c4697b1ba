package dev.memoryconsole.ui.lab;

import dev.memoryconsole.lab.LabListener;
import dev.memoryconsole.lab.LabPlan;
import dev.memoryconsole.lab.LabResult;
import dev.memoryconsole.lab.LabTable;
import dev.memoryconsole.lab.Strategy;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;

/** Decides what the lab's panel shows and does. User interface's thread only. */
public final class LabViewModel {
  private static final double COPYING = 0.05;

  /**
   * What is being done.
   *
   * @param words for example {@code Trying lock-per-batch: 30 of 100}
   * @param fraction 0 to 1
   */
  record Working(String words, double fraction) {}

  private final UiServices services;
  private final Session session;
  private final Executor background;
  private final Notices notices;
  private final Messages messages;
  private final Times times;
  private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable Working> working = new ReadOnlyObjectWrapper<>();
  private final ObservableList<LabResult> results = FXCollections.observableArrayList();
  private @Nullable Visit current;

  /** Of the session's store. */
  public LabViewModel(
      UiServices services,
      Session session,
      Executor background,
      Notices notices,
      Messages messages,
      Times times) {
    this.services = services;
    this.session = session;
    this.background = background;
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
    if (store == null || current != null) {
      return;
    }
    results.clear();
    Visit visit = new Visit(store, plan);
    current = visit;
    working.set(new Working(messages.get("lab.copying"), 0));
    visit.progressProperty().addListener(value -> showStep(visit));
    visit.messageProperty().addListener(value -> showStep(visit));
    visit.valueProperty().addListener((value, before, now) -> show(visit, now));
    visit.setOnSucceeded(
        event -> {
          show(visit, visit.getValue());
          end(visit);
        });
    visit.setOnFailed(
        event -> {
          end(visit);
          notices.present(visit.getException());
        });
    background.execute(visit);
  }

  /** Stops what is under way; what was tried until then stays on the screen. */
  public void cancel() {
    Visit running = current;
    if (running != null) {
      end(running);
      running.cancel();
    }
  }

  private void showStep(Visit visit) {
    if (current == visit) {
      Step step = visit.step;
      String words =
          step.strategy() == null
              ? messages.get("lab.copying")
              : messages.get(
                  "lab.trying", step.strategy().label(), step.done(), visit.plan.entries());
      working.set(new Working(words, Math.max(0, visit.getProgress())));
    }
  }

  private void show(Visit visit, @Nullable List<LabResult> now) {
    if (current == visit && now != null) {
      results.setAll(now);
    }
  }

  private void end(Visit visit) {
    if (current == visit) {
      current = null;
      working.set(null);
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

  /** The same in a word or two. */
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

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Where a visit is; no strategy while the store is copied. */
  private record Step(@Nullable Strategy strategy, int done) {}

  /** One visit to the lab. Its step is written before the progress that tells of it. */
  private final class Visit extends Task<List<LabResult>> implements LabListener {
    private final Upgrades store;
    private final LabPlan plan;
    private final List<LabResult> soFar = new ArrayList<>();
    private volatile Step step = new Step(null, 0);

    Visit(Upgrades store, LabPlan plan) {
      this.store = store;
      this.plan = plan;
    }

    @Override
    protected List<LabResult> call() throws InterruptedException {
      return services.lab(store, plan, this);
    }

    @Override
    public void copying(double share) {
      updateProgress(COPYING * share, 1);
    }

    @Override
    public void trying(Strategy strategy, int done, int entries) {
      step = new Step(strategy, done);
      int count = Strategy.values().length;
      double tried = (soFar.size() + (double) done / entries) / count;
      updateProgress(COPYING + (1 - COPYING) * tried, 1);
      // The first step of all is no progress yet, but is to be seen.
      updateMessage(strategy.label());
    }

    @Override
    public void tried(LabResult result) {
      soFar.add(result);
      updateValue(List.copyOf(soFar));
    }
  }
}
