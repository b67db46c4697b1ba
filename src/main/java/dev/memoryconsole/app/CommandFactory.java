package dev.memoryconsole.app;

import dev.memoryconsole.cli.AllCommands;
import dev.memoryconsole.cli.output.ExitCode;
import picocli.CommandLine;

/**
 * Makes the command for what describes it, the manual and the shell's completion, while a package
 * is built. What it makes opens no window.
 */
public final class CommandFactory implements CommandLine.IFactory {
  private final CommandLine.IFactory standard = CommandLine.defaultFactory();

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return type == AllCommands.class
        ? type.cast(
            new AllCommands(Bootstrap.assembly(), (store, folder, lock, port) -> ExitCode.REFUSED))
        : standard.create(type);
  }
}
