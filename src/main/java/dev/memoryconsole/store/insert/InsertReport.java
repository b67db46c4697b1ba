package dev.memoryconsole.store.insert;

/**
 * How many rows an insert added, replaced and skipped.
 *
 * @param added rows that were not there before
 * @param replaced rows whose id was there and that were replaced
 * @param skipped rows whose id was there and stayed
 */
public record InsertReport(long added, long replaced, long skipped) {
  /** The sum of two reports. */
  public InsertReport plus(InsertReport other) {
    return new InsertReport(
        added + other.added, replaced + other.replaced, skipped + other.skipped);
  }
}
