package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.task.ErrorPresenter;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.ModelServices;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Every run that enriches starts here. Before one that sends memories to a model it says where they
 * go and what that will cost, and asks. User interface's thread only.
 */
public final class RunGate {
  /**
   * A run that is about to start.
   *
   * @param title what is about to happen
   * @param text what it touches, with numbers
   * @param action the words on the button that starts it
   * @param asks whether it asks even if nothing leaves this program
   * @param ids the entries that will be enriched; called in the background
   * @param starter starts it; called in the background
   * @param begun called once the admin has said yes
   */
  public record Start(
      String title,
      String text,
      String action,
      boolean asks,
      Function<Upgrades, List<String>> ids,
      Function<Upgrades, RunHandle> starter,
      Runnable begun) {}

  /** The question before memories are sent. */
  public record Sending(Start start, ModelSettings model) {
    /** Where they go. */
    public Endpoint endpoint() {
      return Endpoint.of(model.baseUrl());
    }
  }

  /** How far the estimate is. */
  public sealed interface Counting {
    /** At work; {@code total} is 0 until it is known. */
    record Reading(long read, long total) implements Counting {}

    /** Done. */
    record Known(Estimate estimate) implements Counting {}

    /** The admin did not want to wait, or it failed. */
    record Skipped() implements Counting {}
  }

  private final ModelServices models;
  private final Session session;
  private final RunMonitor monitor;
  private final Confirmations confirmations;
  private final ErrorPresenter errors;
  private final Slot<Counting.Reading> estimate;
  private final Messages messages;
  private final ReadOnlyObjectWrapper<@Nullable Sending> question = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Counting> counting =
      new ReadOnlyObjectWrapper<>(new Counting.Skipped());
  private final Set<String> agreed = new HashSet<>();

  /** Before the runs of this monitor. */
  public RunGate(
      ModelServices models,
      Session session,
      RunMonitor monitor,
      Confirmations confirmations,
      ErrorPresenter errors,
      Tasks tasks,
      Messages messages) {
    this.models = models;
    this.session = session;
    this.monitor = monitor;
    this.confirmations = confirmations;
    this.errors = errors;
    this.estimate = tasks.slot(false);
    estimate.progress().addListener((value, before, now) -> showReading(now));
    this.messages = messages;
    session.upgrades().addListener(value -> dismiss());
  }

  /** The question on screen; null if there is none. */
  public ReadOnlyObjectProperty<@Nullable Sending> question() {
    return question.getReadOnlyProperty();
  }

  /** The estimate for the question on screen. */
  public ReadOnlyObjectProperty<Counting> counting() {
    return counting.getReadOnlyProperty();
  }

  /** Starts a run, after asking if something leaves this program or if the run wants it. */
  public void start(Start wanted) {
    Start start = doubted(wanted);
    Upgrades open = session.open();
    ModelSettings model = models.chosen().orElse(null);
    if (open == null) {
      return;
    }
    if (model != null && model.problem().isEmpty()) {
      question.set(new Sending(start, model));
      count(open, start, model);
    } else if (start.asks()) {
      confirmations.ask(start.title(), start.text(), start.action(), () -> begin(start));
    } else {
      begin(start);
    }
  }

  /** Nobody should hear afterwards that something may have been lost. */
  private Start doubted(Start start) {
    return session.doubt().get().isEmpty()
        ? start
        : new Start(
            start.title(),
            session.withDoubt(start.text(), messages),
            start.action(),
            true,
            start.ids(),
            start.starter(),
            start.begun());
  }

  /** Asks once for each place before a single memory is sent there, and then does it. */
  public void beforeSendingOne(Runnable action) {
    ModelSettings model = models.chosen().orElse(null);
    if (model == null || !model.problem().isEmpty() || agreed.contains(place(model))) {
      action.run();
      return;
    }
    confirmations.ask(
        messages.get("send.one.title", Endpoint.of(model.baseUrl()).host()),
        messages.get("send.one.text", model.model()),
        messages.get("send.one.action"),
        () -> {
          agreed.add(place(model));
          action.run();
        });
  }

  private static String place(ModelSettings model) {
    return Endpoint.of(model.baseUrl()).host() + " " + model.model() + " " + model.redact();
  }

  /** The admin says yes. */
  public void confirm() {
    Sending asked = question.get();
    dismiss();
    if (asked != null) {
      agreed.add(place(asked.model()));
      begin(asked.start());
    }
  }

  /** The admin says no. */
  public void dismiss() {
    estimate.cancel();
    question.set(null);
  }

  /** The admin does not want to wait for the estimate. */
  public void skip() {
    if (counting.get() instanceof Counting.Reading) {
      estimate.cancel();
      counting.set(new Counting.Skipped());
    }
  }

  private void showReading(Counting.@Nullable Reading now) {
    if (now != null && now.total() > 0) {
      counting.set(now);
    }
  }

  private void begin(Start start) {
    monitor.start(start.starter());
    start.begun().run();
  }

  private void count(Upgrades open, Start start, ModelSettings model) {
    counting.set(new Counting.Reading(0, 0));
    estimate.run(
        progress -> estimate(open, start, model, progress),
        known -> counting.set(new Counting.Known(known)),
        failure -> {
          counting.set(new Counting.Skipped());
          errors.present(failure);
        });
  }

  private Estimate estimate(
      Upgrades open, Start start, ModelSettings model, Consumer<Counting.Reading> progress)
      throws InterruptedException {
    List<String> ids = start.ids().apply(open);
    progress.accept(new Counting.Reading(0, ids.size()));
    return models.estimate(
        open,
        ids,
        model,
        read -> {
          Cancellation.check();
          progress.accept(new Counting.Reading(read, ids.size()));
        });
  }
}
