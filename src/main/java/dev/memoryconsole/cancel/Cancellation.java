package dev.memoryconsole.cancel;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Says that an answer is no longer wanted. Whoever asks for something slow makes one and calls
 * {@link #during}; what works on the answer, however deep below, looks at {@link #current} from
 * time to time and gives up. Nothing is interrupted: an interrupt would close channels that others
 * use too. Thread-safe.
 */
public final class Cancellation {
  private static final ScopedValue<Cancellation> CURRENT = ScopedValue.newInstance();

  private volatile boolean cancelled;

  /** The answer is not wanted any more. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether nobody wants the answer any more. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Works in this thread on something that this cancels. */
  public <T> T during(Callable<T> work) throws Exception {
    return ScopedValue.where(CURRENT, this).call(work::call);
  }

  /** What another thread is to do for this one, cancelled by the same. */
  public static <T> Callable<T> handedOver(Callable<T> work) {
    if (!CURRENT.isBound()) {
      return work;
    }
    Cancellation same = CURRENT.get();
    return () -> same.during(work);
  }

  /** Tells whether what this thread works on is no longer wanted. May be asked by any thread. */
  public static BooleanSupplier current() {
    return CURRENT.isBound() ? CURRENT.get()::isCancelled : () -> false;
  }

  /**
   * Gives up what this thread works on if nobody wants it.
   *
   * @throws CancellationException if so
   */
  public static void check() {
    if (current().getAsBoolean()) {
      throw new CancellationException("Nobody waits for it any more.");
    }
  }
}
