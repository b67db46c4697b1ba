package dev.memoryconsole;

/** Starts the window without arguments and the command line with them. */
public final class Launcher {
  private Launcher() {}

  /** Entry point. */
  public static void main(String[] args) {}
}
