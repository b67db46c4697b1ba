package dev.memoryconsole.cli.command.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.CommandContext;
import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.option.ModelOptions;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.settings.ModelSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands about an endpoint share; they need no store. */
abstract class ModelCommand implements Callable<Integer> {
  @ParentCommand private CommandContext parent;

  @Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ModelOptions modelOptions;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public final Integer call() throws Exception {
    try {
      return run(parent.services(), settings());
    } finally {
      out().flush();
    }
  }

  private ModelSettings settings() {
    try {
      return (needsModel() ? modelOptions.settings(1) : modelOptions.endpoint())
          .orElseThrow(
              () -> new IllegalArgumentException("No endpoint is named; add --llm-url URL."));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** Whether the name of a model must be given. */
  abstract boolean needsModel();

  /** Does the work; answers the exit code. */
  abstract int run(Services services, ModelSettings model) throws Exception;

  final boolean isJson() {
    return json;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final void print(ObjectNode document) {
    out().println(Json.line(document));
  }
}
