package dev.memoryconsole.cli.output;

/** What a command answers to the shell. */
public final class ExitCode {
  /** Everything asked for is done. */
  public static final int DONE = 0;

  /** Done, but some entries failed, fell back or were left. */
  public static final int INCOMPLETE = 1;

  /** Bad usage or input: nothing was done, or not all, and a sentence says what. */
  public static final int REFUSED = 2;

  private ExitCode() {}
}
