package dev.memoryconsole.cancel;

/** Waiting that an interrupt does not end; the interrupt is there again when it is over. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** What is waited for. */
  @FunctionalInterface
  public interface Wait {
    /** Waits; begins anew when it is called again. */
    void begin() throws InterruptedException;
  }

  /** Waits, whatever comes, until it is over. */
  public static void await(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.begin();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
