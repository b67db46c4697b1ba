package dev.memoryconsole.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.store.StoreLocation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What all commands share: the store, {@code --json}, and where the output goes. */
public abstract class StoreArguments implements Callable<Integer> {
  @ParentCommand private CommandContext parent;

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "STORE",
      description =
          "The store: an SQLite file, the plugin's LanceDB directory, or a table in PostgreSQL"
              + " (postgresql://user@host:5432/database?table=memories).")
  private StoreLocation store;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  /** The options of the whole program, and the services. */
  protected final CommandContext parent() {
    return parent;
  }

  /** The store that was named, whole even if a part of it was. */
  protected final StoreLocation store() {
    return parent.services().whole(store);
  }

  /** Whether to print one JSON document and nothing else. */
  protected final boolean isJson() {
    return json;
  }

  /** Where the answer goes. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where remarks go. */
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Prints a line. */
  protected final void say(String format, @Nullable Object... arguments) {
    out().printf(format + "%n", arguments);
  }

  /** Prints a remark, a line of its own. */
  protected final void warn(String format, @Nullable Object... arguments) {
    err().printf("memory-console: " + format + "%n", arguments);
  }

  /** Prints the one document. */
  protected final void print(ObjectNode document) {
    out().println(Json.line(document));
  }

  /** What options ask for; what can't be is bad usage. */
  protected final <T> T asked(Supplier<T> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** Bad usage: one sentence and the usage's exit code. */
  protected final CommandLine.ParameterException usage(String sentence) {
    return new CommandLine.ParameterException(spec.commandLine(), sentence);
  }
}
