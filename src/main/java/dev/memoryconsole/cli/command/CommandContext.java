package dev.memoryconsole.cli.command;

import dev.memoryconsole.store.StoreLocation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a command gets from the one it belongs to: the options that all commands share. */
public interface CommandContext {
  /** The services, with the plugin's lock as {@code --plugin-lock} says. */
  Services services();

  /** The app's own folder; null for the platform's. */
  @Nullable Path workspace();

  /**
   * Opens the window on this store, and answers the exit code once it is closed.
   *
   * @param metricsPort where figures are served, a port or {@code off}; null for the settings'
   */
  int openWindow(StoreLocation store, @Nullable String metricsPort);
}
