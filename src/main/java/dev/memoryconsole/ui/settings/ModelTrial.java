package dev.memoryconsole.ui.settings;

import dev.memoryconsole.enrich.llm.ConnectionReport;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.ModelServices;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries an endpoint: one call, or its list of models. User interface's thread only. */
public final class ModelTrial {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTrial.class);

  /** How a trial stands. */
  sealed interface State {
    /** There is none. */
    record Nothing() implements State {}

    /** Under way. */
    record Asking(String words) implements State {}

    /** Over. */
    record Over(boolean good, String words) implements State {}
  }

  private final ModelServices services;
  private final Messages messages;
  private final Slot<Void> asking;
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.Nothing());
  private final ObservableList<String> models = FXCollections.observableArrayList();

  /** With the words of one language. */
  public ModelTrial(ModelServices services, Tasks tasks, Messages messages) {
    this.services = services;
    this.asking = tasks.slot(true);
    this.messages = messages;
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /** The models that the endpoint listed last. */
  ObservableList<String> models() {
    return models;
  }

  /** One call about an invented memory. */
  void test(ModelSettings model) {
    String host = Endpoint.of(model.baseUrl()).host();
    run(
        messages.get("trial.testing", host),
        () -> services.test(model),
        report -> describe(host, report));
  }

  private State describe(String host, ConnectionReport report) {
    String millis = Long.toString(report.latency().toMillis());
    if (report.validJson()) {
      return new State.Over(
          true,
          report.model().isEmpty()
              ? messages.get("trial.good", host, millis)
              : messages.get("trial.goodAs", host, millis, report.model()));
    }
    return new State.Over(
        false,
        report.model().isEmpty()
            ? messages.words(report.problem())
            : messages.get("trial.notJson", host, millis, messages.words(report.problem())));
  }

  /** The endpoint's list of models. */
  void list(ModelSettings model) {
    String host = Endpoint.of(model.baseUrl()).host();
    run(
        messages.get("trial.listing", host),
        () -> services.models(model),
        names -> {
          models.setAll(names);
          return names.isEmpty()
              ? new State.Over(false, messages.get("trial.noList", host))
              : new State.Over(true, messages.get("trial.listed", host, names.size()));
        });
  }

  /** Another endpoint is being typed in: what was said of the last no longer holds. */
  void forget() {
    asking.cancel();
    models.setAll(List.of());
    state.set(new State.Nothing());
  }

  /** Stops what is under way. */
  public void cancel() {
    if (asking.cancel()) {
      state.set(new State.Over(false, messages.get("trial.cancelled")));
    }
  }

  private <T> void run(String words, Callable<T> question, Function<T, State> answer) {
    asking.run(
        progress -> question.call(),
        found -> state.set(answer.apply(found)),
        problem -> state.set(new State.Over(false, sentence(problem))));
    state.set(new State.Asking(words));
  }

  private String sentence(Throwable problem) {
    LOG.info("An endpoint could not be tried", problem);
    return messages.sentence(problem);
  }
}
