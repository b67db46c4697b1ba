package dev.memoryconsole.app.process;

import java.time.Duration;

/**
 * Bounds the end of this process: once it is told to end, what tidies up has a few seconds. What is
 * at work then is cut off as by a kill, which nothing in a store or a journal minds.
 */
public final class LastDeadline {
  // Whoever sends a signal waits for five seconds as a rule.
  private static final Duration LONGEST = Duration.ofSeconds(4);
  // As if the signal had ended it at once.
  private static final int TERMINATED = 143;

  private LastDeadline() {}

  /** Sets it for the rest of this process's life. */
  public static void set() {
    Runtime.getRuntime()
        .addShutdownHook(
            // The end waits for the hooks: so none of them may be the one that waits.
            new Thread(
                () -> Thread.ofPlatform().daemon().name("last-deadline").start(LastDeadline::await),
                "set-last-deadline"));
  }

  private static void await() {
    try {
      Thread.sleep(LONGEST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(TERMINATED);
  }
}
