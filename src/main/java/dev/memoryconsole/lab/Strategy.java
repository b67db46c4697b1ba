package dev.memoryconsole.lab;

/** Ways to upgrade entries while a plugin writes. */
public enum Strategy {
  /** The lock is held while the model thinks, one acquisition an entry. */
  LOCK_DURING_MODEL("lock-during-model"),
  /** Enriched without the lock, then one acquisition an entry. */
  LOCK_PER_ENTRY("lock-per-entry"),
  /** Enriched without the lock, then one acquisition a batch: what this app does. */
  LOCK_PER_BATCH("lock-per-batch"),
  /** Enriched without the lock, then one swap an entry on its version, read without the lock. */
  COMPARE_AND_SWAP("compare-and-swap");

  private final String label;

  Strategy(String label) {
    this.label = label;
  }

  /** Its name for scripts and tables. */
  public String label() {
    return label;
  }
}
