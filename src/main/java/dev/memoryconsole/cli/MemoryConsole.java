package dev.memoryconsole.cli;

import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.TerminalWriter;
import dev.memoryconsole.store.StoreLocation;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Carries out command lines. */
public final class MemoryConsole {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryConsole.class);

  private MemoryConsole() {}

  /** Carries out one command line and answers the exit code. */
  public static int run(
      Services services,
      RootCommand.Window window,
      PrintWriter out,
      PrintWriter err,
      String... arguments) {
    CommandLine line = line(services, window, arguments);
    line.setOut(new TerminalWriter(out));
    line.setErr(new TerminalWriter(err));
    // Escape sequences of its own would be made visible like anybody's.
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    // An @ before a file's name means a list of ids, where ids are asked for.
    line.setExpandAtFiles(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(StoreLocation.class, MemoryConsole::location);
    line.setExecutionExceptionHandler(MemoryConsole::report);
    line.setParameterExceptionHandler(MemoryConsole::refuse);
    return line.execute(arguments);
  }

  /** Knows the commands that are named, and without any of them all: reading one costs time. */
  private static CommandLine line(
      Services services, RootCommand.Window window, String... arguments) {
    List<Class<?>> named =
        isHelpWanted(arguments)
            ? List.of()
            : Arrays.stream(arguments).distinct().flatMap(AllCommands::named).toList();
    if (named.isEmpty()) {
      return new CommandLine(new AllCommands(services, window));
    }
    CommandLine line = new CommandLine(new RootCommand(services, window));
    named.forEach(line::addSubcommand);
    return line;
  }

  /** Help before a command's name is about all of them. */
  private static boolean isHelpWanted(String... arguments) {
    return Arrays.stream(arguments)
        .takeWhile(word -> !AllCommands.isName(word))
        .anyMatch(word -> word.equals("-h") || word.equals("--help"));
  }

  private static StoreLocation location(String typed) {
    if (StoreLocation.holdsPassword(typed)) {
      throw new CommandLine.TypeConversionException(
          "a password in a URL is seen by everybody on this machine; leave it out and put it into"
              + " PGPASSWORD, ~/.pgpass or the keychain");
    }
    return StoreLocation.parse(typed)
        .orElseThrow(
            () ->
                new CommandLine.TypeConversionException(
                    "it is neither a path nor a server's URL; write @, / and ? in a name or"
                        + " password as %40, %2F and %3F"));
  }

  private static int refuse(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    line.getErr()
        .printf(
            "memory-console: %s%nTry '%s --help'.%n",
            failure.getMessage(), line.getCommandSpec().qualifiedName());
    return ExitCode.REFUSED;
  }

  private static int report(
      Exception failure, CommandLine line, CommandLine.@Nullable ParseResult parsed) {
    LOG.error("A command failed", failure);
    String message =
        failure instanceof InterruptedException
            ? "Stopped before the end; what was not finished was not kept."
            : failure.getMessage();
    line.getErr()
        .printf(
            "memory-console: %s%n",
            message == null
                ? "An unexpected error ("
                    + failure.getClass().getSimpleName()
                    + "); the log has the details."
                : message);
    return ExitCode.REFUSED;
  }
}
