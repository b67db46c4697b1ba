package dev.memoryconsole.lock;

import dev.memoryconsole.message.Message;

/**
 * Who holds a lock right now, as far as the system tells.
 *
 * @param holder the program; {@link LockHolder.Foreign#UNKNOWN} if it can't be told
 * @param user the user it belongs to; empty if that can't be told
 * @param called what the lock itself calls its holder; empty if it does not
 */
public record LockOwner(LockHolder.Foreign holder, String user, Message called) {
  /** Nobody can be told. */
  public static final LockOwner UNKNOWN = new LockOwner(LockHolder.Foreign.UNKNOWN, "");

  /** A holder that the system tells, not the lock. */
  public LockOwner(LockHolder.Foreign holder, String user) {
    this(holder, user, Message.NONE);
  }

  /** For example {@code node (process 4711)}, {@code a program of the user claw}. */
  public Message message() {
    if (holder.pid() != 0) {
      return LockCode.PROCESS.with(holder.program(), holder.pid());
    }
    if (!called.isEmpty()) {
      return called;
    }
    return user.isEmpty() ? LockCode.OTHER_PROGRAM.with() : LockCode.OTHER_PROGRAM_OF.with(user);
  }
}
