package dev.memoryconsole.lock.record;

/**
 * Whether a thread holds the lock of a store: then it must wait for nothing that may be slow, not
 * for the journal, a model, or another lock. Told by every {@link LiveAcquisition} of this process.
 */
public final class UnderLock {
  // An array, so that a hold that ends in another thread is counted where it began.
  private static final ThreadLocal<int[]> HELD = ThreadLocal.withInitial(() -> new int[1]);

  private UnderLock() {}

  /** Whether this thread holds no store's lock. To be asserted by whatever may be slow. */
  public static boolean mayWait() {
    return HELD.get()[0] == 0;
  }

  /** This thread holds one more; to be given to {@link #left}. */
  static int[] entered() {
    int[] held = HELD.get();
    held[0]++;
    return held;
  }

  /** That one is held no longer. */
  static void left(int[] held) {
    held[0]--;
  }
}
