package dev.memoryconsole.memory;

import dev.memoryconsole.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * One row of a memory store, without its vector. Immutable.
 *
 * @param id the row's key; any non-null string, not necessarily a UUID
 * @param text what the agent remembers; a missing text is the empty string
 * @param category the old category column, never changed by an upgrade; may be absent
 * @param scope whom the memory belongs to; may be absent or blank
 * @param importance usually 0 to 1; may be absent
 * @param timestamp when it was remembered: milliseconds since 1970 (old rows may hold seconds); may
 *     be absent
 * @param metadata the raw metadata column: usually a JSON object, but any string, or absent
 * @param version raised by one by every write, whoever writes; 0 where the store keeps none
 * @param flaw why a Java string can't hold this row as it is, to follow "the row is left as it
 *     is:"; null if it can. Such a row is shown as far as it goes, and never written
 */
public record MemoryEntry(
    String id,
    String text,
    @Nullable String category,
    @Nullable String scope,
    @Nullable Double importance,
    @Nullable Long timestamp,
    @Nullable String metadata,
    long version,
    @Nullable Message flaw) {
  /** A row without a flaw. */
  public MemoryEntry(
      String id,
      String text,
      @Nullable String category,
      @Nullable String scope,
      @Nullable Double importance,
      @Nullable Long timestamp,
      @Nullable String metadata,
      long version) {
    this(id, text, category, scope, importance, timestamp, metadata, version, null);
  }

  /**
   * The timestamp column counts seconds where it is nearer to zero than this, else milliseconds.
   */
  public static final long FIRST_MILLIS = 1_000_000_000_000L;

  private static final long MILLIS_PER_SECOND = 1_000;

  /**
   * The time at which it was remembered, in milliseconds since 1970 even where the row holds
   * seconds; null if the row has none.
   */
  public @Nullable Long timestampMillis() {
    return millisOf(timestamp);
  }

  /** Converts the timestamp column to milliseconds: a value below 10^12 is in seconds. */
  public static @Nullable Long millisOf(@Nullable Long timestamp) {
    return timestamp != null && timestamp < FIRST_MILLIS && timestamp > -FIRST_MILLIS
        ? Long.valueOf(timestamp * MILLIS_PER_SECOND)
        : timestamp;
  }
}
