package dev.memoryconsole.cli;

import dev.memoryconsole.about.Build;
import dev.memoryconsole.cli.command.CommandContext;
import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.command.lock.BreakLockCommand;
import dev.memoryconsole.cli.command.lock.LocksCommand;
import dev.memoryconsole.cli.command.model.EstimateCommand;
import dev.memoryconsole.cli.command.model.ModelsCommand;
import dev.memoryconsole.cli.command.model.TestModelCommand;
import dev.memoryconsole.cli.command.run.DiffCommand;
import dev.memoryconsole.cli.command.run.MendCommand;
import dev.memoryconsole.cli.command.run.PurgeCommand;
import dev.memoryconsole.cli.command.run.ReportCommand;
import dev.memoryconsole.cli.command.run.ResumeCommand;
import dev.memoryconsole.cli.command.run.RetryCommand;
import dev.memoryconsole.cli.command.run.RunsCommand;
import dev.memoryconsole.cli.command.run.UndoCommand;
import dev.memoryconsole.cli.command.run.UpgradeCommand;
import dev.memoryconsole.cli.command.run.VerifyCommand;
import dev.memoryconsole.cli.command.store.CheckCommand;
import dev.memoryconsole.cli.command.store.ExportCommand;
import dev.memoryconsole.cli.command.store.ImportCommand;
import dev.memoryconsole.cli.command.store.LabCommand;
import dev.memoryconsole.cli.command.store.ListCommand;
import dev.memoryconsole.cli.command.store.OpenCommand;
import dev.memoryconsole.cli.command.store.RestoreCommand;
import dev.memoryconsole.cli.command.store.ShowCommand;
import dev.memoryconsole.cli.command.store.SnapshotCommand;
import dev.memoryconsole.cli.command.store.SnapshotsCommand;
import dev.memoryconsole.cli.command.store.StatsCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.TerminalWriter;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.store.StoreLocation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code memory-console}, and the options that all its commands share. */
@Command(
    name = "memory-console",
    description = "Looks after the memories of AI agents. Without arguments it opens the window.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = MemoryConsole.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      OpenCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      ListCommand.class,
      ShowCommand.class,
      StatsCommand.class,
      CheckCommand.class,
      EstimateCommand.class,
      UpgradeCommand.class,
      RetryCommand.class,
      ResumeCommand.class,
      MendCommand.class,
      UndoCommand.class,
      PurgeCommand.class,
      DiffCommand.class,
      VerifyCommand.class,
      RunsCommand.class,
      ReportCommand.class,
      LocksCommand.class,
      BreakLockCommand.class,
      SnapshotsCommand.class,
      SnapshotCommand.class,
      RestoreCommand.class,
      ModelsCommand.class,
      TestModelCommand.class,
      LabCommand.class
    })
public final class MemoryConsole implements Runnable, CommandContext {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryConsole.class);

  private final Services services;
  private final Window window;

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The app's own folder (journal, settings, snapshots, log) instead of the platform's.")
  private @Nullable Path workspace;

  @Option(
      names = "--plugin-lock",
      paramLabel = "LOCK",
      scope = ScopeType.INHERIT,
      defaultValue = "auto",
      description =
          "Which lock the plugin takes for a LanceDB store: auto, as OpenClaw's configuration says"
              + " (${DEFAULT-VALUE}); directory, whatever it says or fails to say.")
  private PluginLock pluginLock = PluginLock.AUTO;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Tells which build this is. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Build.current().line()};
    }
  }

  /** Opens the window. */
  @FunctionalInterface
  public interface Window {
    /**
     * Opens it, and answers the exit code once it is closed.
     *
     * @param workspace the app's folder; null for the platform's
     * @param lock which lock the plugin takes
     * @param metricsPort where figures are served, a port or {@code off}; null for the settings'
     */
    int open(
        StoreLocation store,
        @Nullable Path workspace,
        PluginLock lock,
        @Nullable String metricsPort);
  }

  private MemoryConsole(Services services, Window window) {
    this.services = services;
    this.window = window;
  }

  /** Tells whether this is the name of a command. */
  public static boolean isCommand(String word) {
    return Arrays.stream(MemoryConsole.class.getAnnotation(Command.class).subcommands())
        .anyMatch(command -> command.getAnnotation(Command.class).name().equals(word));
  }

  /**
   * The command with all its commands, as the manual and the shell's completion are made from it.
   */
  public static MemoryConsole command(Services services, Window window) {
    return new MemoryConsole(services, window);
  }

  /** Carries out one command line and answers the exit code. */
  public static int run(
      Services services, Window window, PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(command(services, window));
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

  @Override
  public Services services() {
    return pluginLock == PluginLock.AUTO ? services : services.lockingBy(pluginLock);
  }

  @Override
  public @Nullable Path workspace() {
    return workspace;
  }

  @Override
  public int openWindow(StoreLocation store, @Nullable String metricsPort) {
    return window.open(store, workspace, pluginLock, metricsPort);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name a command, for example: memory-console stats STORE");
  }
}
