package dev.memoryconsole.lock;

import dev.memoryconsole.message.Message;

/**
 * The lock is no longer ours although it was not released: somebody took it for abandoned, for
 * example after this machine had slept. What was not committed yet must not be.
 */
public final class LockCompromisedException extends LockException {
  /** With one sentence for the admin. */
  public LockCompromisedException(Message message) {
    super(message);
  }
}
