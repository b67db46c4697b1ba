package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.task.ErrorPresenter;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.ModelServices;
import dev.memoryconsole.upgrade.Estimates;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Every run that enriches starts here. Before one that sends memories to a model it says where they
 * go and what that will cost, and asks. User interface's thread only.
 */
public final class RunGate {
  /**
   * The question before a run.
   *
   * @param model where memories are sent; null if nothing leaves this program
   */
  public record Question(RunStart start, @Nullable ModelSettings model) {}

  private final ModelServices models;
  private final Session session;
  private final RunMonitor monitor;
  private final Confirmations confirmations;
  private final ErrorPresenter errors;
  private final Slot<Counting> count;
  private final Messages messages;
  private final ReadOnlyObjectWrapper<@Nullable Question> question = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Counting> counting =
      new ReadOnlyObjectWrapper<>(new Counting.Choosing());
  private final Set<String> agreed = new HashSet<>();
  private final Sharing sharing = new Sharing();
  private AtomicBoolean skipped = new AtomicBoolean();

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
    this.count = tasks.slot(false);
    count.progress().addListener((value, before, now) -> showReading(now));
    this.messages = messages;
    session.upgrades().addListener(value -> dismiss());
  }

  /** The question on screen; null if there is none. */
  public ReadOnlyObjectProperty<@Nullable Question> question() {
    return question.getReadOnlyProperty();
  }

  /** What the run that is asked about takes. */
  public ReadOnlyObjectProperty<Counting> counting() {
    return counting.getReadOnlyProperty();
  }

  /** Whether the run that is asked about is to be shared. */
  public Sharing sharing() {
    return sharing;
  }

  /**
   * Starts a run, after asking if something leaves this program, if the run wants it, or if it
   * takes less than what was chosen.
   */
  public void start(RunStart wanted) {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    RunStart start = wanted.doubted(session.doubt().get());
    ModelSettings model =
        models.chosen().filter(settings -> settings.problem().isEmpty()).orElse(null);
    dismiss();
    sharing.offer(open, start);
    counting.set(new Counting.Choosing());
    if (model != null || start.asks()) {
      question.set(new Question(start, model));
    }
    AtomicBoolean enough = new AtomicBoolean();
    skipped = enough;
    PriceTable prices = models.prices();
    count.run(
        progress -> count(open, start, model, prices, enough, progress),
        known -> counted(new Question(start, model), known),
        failure -> {
          question.set(null);
          errors.present(failure);
        });
  }

  private static Counting.Known count(
      Upgrades open,
      RunStart start,
      @Nullable ModelSettings model,
      PriceTable prices,
      AtomicBoolean enough,
      Consumer<Counting> progress) {
    PlannedRun plan = open.plan(start.request(), start.options().scopes());
    PlannedRun sure = plan.exact() ? plan : null;
    progress.accept(new Counting.Reading(0, plan.size(), sure));
    Estimates.Measured measured =
        Estimates.of(
            open,
            plan,
            model,
            prices,
            enough::get,
            read -> progress.accept(new Counting.Reading(read, plan.size(), sure)));
    // What is gone on with has its snapshot, and a run without entries needs none.
    boolean none = measured.plan().isEmpty() && !start.mayBeEmpty();
    SnapshotTaker.Room snapshot =
        none || start.isOfARun() ? null : open.snapshotRoom(start.options()).orElse(null);
    return new Counting.Known(measured.plan(), measured.estimate(), snapshot);
  }

  private void counted(Question asked, Counting.Known known) {
    counting.set(known);
    PlannedRun plan = known.plan();
    RunStart start = asked.start();
    if (question.get() != null) {
      return;
    }
    boolean nothing = plan.isEmpty() && !start.mayBeEmpty();
    if (nothing || (start.isChosen() && plan.leftOut() > 0)) {
      question.set(asked);
    } else {
      begin(asked, plan);
    }
  }

  /** Presents a failure of what was done before a run. */
  public void present(Throwable failure) {
    errors.present(failure);
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

  /** The admin says yes, to what was counted. */
  public void confirm() {
    Question asked = question.get();
    if (asked == null || !(counting.get() instanceof Counting.Known known)) {
      return;
    }
    PlannedRun plan = known.plan();
    if (plan.isEmpty() && !asked.start().mayBeEmpty()) {
      return;
    }
    dismiss();
    ModelSettings model = asked.model();
    if (model != null) {
      agreed.add(place(model));
    }
    begin(asked, plan);
  }

  /** The admin says no. */
  public void dismiss() {
    count.cancel();
    question.set(null);
  }

  /** The admin does not want to wait for the estimate; which entries it is about is still found. */
  public void skip() {
    skipped.set(true);
  }

  private void showReading(@Nullable Counting now) {
    if (now != null) {
      counting.set(now);
    }
  }

  private void begin(Question asked, PlannedRun plan) {
    RunStart start = asked.start();
    monitor.start(sharing.starter(plan, start.options(), asked.model()));
    start.begun().run();
  }
}
