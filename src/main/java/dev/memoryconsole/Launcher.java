package dev.memoryconsole;

import dev.memoryconsole.app.Bootstrap;
import dev.memoryconsole.app.Rehearsal;

/**
 * Opens the window without arguments and runs the command line with them. Does not extend JavaFX's
 * Application, so that the app runs from a plain class path.
 */
public final class Launcher {
  private Launcher() {}

  /** Entry point. */
  public static void main(String[] args) {
    // Exits in every case: no forgotten thread may keep a closed app alive.
    System.exit(Rehearsal.isAskedFor(args) ? Rehearsal.run(args) : Bootstrap.run(args));
  }
}
