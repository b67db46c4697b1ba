package dev.memoryconsole.store;

/**
 * What a store knows of the others that write to it.
 *
 * @param active whether somebody else has written, or taken the lock, lately
 * @param waiting whether somebody waited for the lock during this process's last hold, as far as
 *     can be told
 */
public record OtherWriters(boolean active, boolean waiting) {
  /** The answer of a store that can't tell: others are taken to be there. */
  public static final OtherWriters UNKNOWN = new OtherWriters(true, false);
}
