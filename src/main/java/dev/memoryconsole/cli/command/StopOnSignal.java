package dev.memoryconsole.cli.command;

import java.util.concurrent.CountDownLatch;

/** While it is open, a kill by the terminal stops a thread's work in good order. */
public final class StopOnSignal implements AutoCloseable {
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  private StopOnSignal(Thread worker) {
    hook =
        new Thread(
            () -> {
              worker.interrupt();
              waitForEnd();
            },
            "stop-on-signal");
  }

  /** Interrupts this thread when the process is told to end, and lets it clean up. */
  public static StopOnSignal stops(Thread worker) {
    StopOnSignal signal = new StopOnSignal(worker);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  private void waitForEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running: it was only waiting for this.
    }
  }
}
