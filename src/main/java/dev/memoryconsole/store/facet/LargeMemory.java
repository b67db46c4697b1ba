package dev.memoryconsole.store.facet;

/**
 * A memory that takes much room.
 *
 * @param beginning of its text, at most {@value #SHOWN} characters
 * @param bytes what its text and metadata take in the store, without its vector
 */
public record LargeMemory(String id, String beginning, long bytes) {
  /** How many characters of the text are read. */
  public static final int SHOWN = 200;
}
