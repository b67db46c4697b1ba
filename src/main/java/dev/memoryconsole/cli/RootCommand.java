package dev.memoryconsole.cli;

import dev.memoryconsole.about.Build;
import dev.memoryconsole.cli.command.CommandContext;
import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.store.StoreLocation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code memory-console}, and the options that all its commands share, without these.
 */
@Command(
    name = "memory-console",
    description = "Looks after the memories of AI agents. Without arguments it opens the window.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = RootCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public class RootCommand implements Runnable, CommandContext {
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

  RootCommand(Services services, Window window) {
    this.services = services;
    this.window = window;
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
