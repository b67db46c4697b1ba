package dev.memoryconsole.store.facet;

/** By what the memories of a store are counted. Every memory is in exactly one part of each. */
public enum Facet {
  STATE,
  /** The old category. */
  CATEGORY,
  SCOPE,
  /** When it was remembered, by the calendar. */
  MONTH,
  /** How long ago it was remembered. */
  AGE,
  TIER,
  SOURCE,
  /** How often it was recalled. */
  RECALLED
}
