package dev.memoryconsole.cli;

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
import dev.memoryconsole.cli.command.run.WorkCommand;
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
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** The command {@code memory-console} with all its commands, in the order of its help. */
@Command(
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
      WorkCommand.class,
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
public final class AllCommands extends RootCommand {
  private static final String SUFFIX = "Command";
  private static final Map<String, Class<?>> BY_NAME =
      Arrays.stream(AllCommands.class.getAnnotation(Command.class).subcommands())
          .collect(Collectors.toUnmodifiableMap(AllCommands::name, command -> command));

  /** With what it carries commands out by. */
  public AllCommands(Services services, Window window) {
    super(services, window);
  }

  /** Tells whether this is the name of a command. */
  public static boolean isName(String word) {
    return BY_NAME.containsKey(word);
  }

  /** The command of this name, none or one. */
  static Stream<Class<?>> named(String word) {
    return Stream.ofNullable(BY_NAME.get(word));
  }

  /**
   * A command is called as its class is, so that the name of one can be found without reading them
   * all: {@code TestModelCommand} is {@code test-model}.
   */
  static String name(Class<?> command) {
    String simple = command.getSimpleName();
    return simple
        .substring(0, simple.length() - SUFFIX.length())
        .replaceAll("(?<=.)([A-Z])", "-$1")
        .toLowerCase(Locale.ROOT);
  }
}
