package dev.memoryconsole.settings;

/** What becomes of a memory that the model fails on. */
public enum FailurePolicy {
  /** It gets the simple enrichment, recorded as a fallback. */
  FALLBACK,
  /** It stays as it is, recorded as failed. */
  LEAVE
}
