package dev.memoryconsole.cli.command.store;

import dev.memoryconsole.cli.command.CommandContext;
import dev.memoryconsole.cli.option.MetricsPortOption;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.SettingsCode;
import dev.memoryconsole.store.StoreLocation;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code memory-console open STORE}. */
@Command(
    name = "open",
    description =
        "Opens the window on a store, or has the one that is open show it. A path alone does the"
            + " same.")
public final class OpenCommand implements Callable<Integer> {
  @ParentCommand private CommandContext parent;

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "STORE",
      description = "The store: an SQLite file, or the plugin's LanceDB directory.")
  private StoreLocation store;

  @Mixin private MetricsPortOption metricsPort;

  @Override
  public Integer call() {
    if (store instanceof StoreLocation.OnDisk place && !Files.exists(place.path())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "There is nothing at " + place + ", so nothing was opened.");
    }
    if (metricsPort.isBad()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), Wording.ENGLISH.of(SettingsCode.NO_PORT.with()));
    }
    return parent.openWindow(parent.services().whole(store).canonical(), metricsPort.typed());
  }
}
