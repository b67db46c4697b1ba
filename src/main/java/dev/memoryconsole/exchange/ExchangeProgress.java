package dev.memoryconsole.exchange;

/** Hears how far an import or export has come; called on the thread that does it. */
@FunctionalInterface
public interface ExchangeProgress {
  /** Hears nothing. */
  ExchangeProgress NONE = (done, total) -> {};

  /**
   * Some more is done.
   *
   * @param done bytes read of an import, memories written of an export
   * @param total of the same, as known at the start
   */
  void advanced(long done, long total);
}
