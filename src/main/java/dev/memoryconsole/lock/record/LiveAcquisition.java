package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;

/**
 * Somebody on the way to the lock or holding it, for the eyes of who watches. To be closed in every
 * case; each of its methods may be called from one thread at a time.
 */
public sealed interface LiveAcquisition extends AutoCloseable
    permits LockMetrics.Tracked, LockMetrics.Untracked {
  /** It is had now. */
  void acquired();

  /** It was not had after all: it is waited for, as before. */
  void missed();

  /** It is over, and recorded. */
  void ended(LockAcquisition event);

  /** Nobody waits or holds by it any more. After {@link #ended} this does nothing. */
  @Override
  void close();
}
