package dev.memoryconsole.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What all commands share: the store, {@code --json}, and where the output goes. */
abstract class StoreArguments implements Callable<Integer> {
  @ParentCommand private MemoryConsole parent;

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "STORE",
      description = "The store: an SQLite file, or the plugin's LanceDB directory.")
  private Path store;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  final MemoryConsole parent() {
    return parent;
  }

  final Path store() {
    return parent.services().locate(store);
  }

  final boolean isJson() {
    return json;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final void print(ObjectNode document) {
    out().println(Json.line(document));
  }

  /** Bad usage: one sentence and the usage's exit code. */
  final CommandLine.ParameterException usage(String sentence) {
    return new CommandLine.ParameterException(spec.commandLine(), sentence);
  }
}
