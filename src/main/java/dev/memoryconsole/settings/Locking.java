package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How runs take a store's lock.
 *
 * @param commit how rows are written; {@link CommitMode#CAS} in stores whose rows have versions
 * @param batchSize the fixed size of batches, 1 to {@value #MOST_ROWS}; null to find it
 * @param maxHoldMillis how long a batch may hold the lock where its size is found, 1 to {@value
 *     #LONGEST_HOLD_MILLIS} milliseconds; null for the store's own bound
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Locking(
    @Nullable CommitMode commit, @Nullable Integer batchSize, @Nullable Integer maxHoldMillis) {
  /** The most entries in a batch. */
  public static final int MOST_ROWS = 10_000;

  /** The longest hold that may be asked for. */
  public static final int LONGEST_HOLD_MILLIS = 10_000;

  /** Batches of the size that keeps the store's own bound. */
  public static final Locking DEFAULT = new Locking(null, null, null);

  /** How rows are written, with its default: in batches. */
  public CommitMode commitOrDefault() {
    return commit == null ? CommitMode.BATCH : commit;
  }

  /**
   * The fixed size of batches.
   *
   * @return null for none, also if the settings name what can't be one
   */
  public @Nullable Integer fixedRows() {
    return within(batchSize, MOST_ROWS);
  }

  /**
   * How long a batch may hold the lock, in milliseconds.
   *
   * @return null for the store's own bound, also if the settings name what can't be one
   */
  public @Nullable Integer holdMillis() {
    return within(maxHoldMillis, LONGEST_HOLD_MILLIS);
  }

  private static @Nullable Integer within(@Nullable Integer number, int most) {
    return number != null && number >= 1 && number <= most ? number : null;
  }
}
