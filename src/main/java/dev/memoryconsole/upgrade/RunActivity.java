package dev.memoryconsole.upgrade;

/** What a run that is at work is busy with. */
public sealed interface RunActivity {
  /** Enriching and committing. */
  record Working() implements RunActivity {}

  /**
   * Taking a snapshot of the store before it begins; nothing is written yet.
   *
   * @param share of the store that is copied, 0 to 1
   */
  record TakingSnapshot(double share) implements RunActivity {}
}
