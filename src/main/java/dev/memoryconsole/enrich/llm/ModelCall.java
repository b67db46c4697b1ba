package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.llm.answer.Reply;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One call of the model in the flight recorder. Says nothing of what was asked and answered. */
@Name("dev.memoryconsole.ModelCall")
@Label("Model Call")
@Description("A language model was asked to enrich one memory")
@Category("Memory Console")
@StackTrace(false)
final class ModelCall extends Event {
  @Label("Model")
  @Nullable String model;

  @Label("Input Tokens")
  int inputTokens;

  @Label("Output Tokens")
  int outputTokens;

  @Label("Failure")
  @Description("Why there was no answer; empty if there was one")
  @Nullable String failure;

  private ModelCall() {}

  /** A call that begins now. */
  static ModelCall begun() {
    ModelCall begun = new ModelCall();
    begun.begin();
    return begun;
  }

  /** Records that the call was answered. */
  void answered(String name, Reply reply) {
    Integer input = reply.inputTokens();
    Integer output = reply.outputTokens();
    model = name;
    inputTokens = input == null ? 0 : input;
    outputTokens = output == null ? 0 : output;
    failure = "";
    commit();
  }

  /** There was no answer. */
  void failed(String name, FailureKind kind) {
    model = name;
    failure = kind.name();
    commit();
  }
}
