package dev.memoryconsole.upgrade.engine;

/** Rows that are left byte for byte as they are, because no Java string can hold them. */
final class UnreadableRow {
  private UnreadableRow() {}

  /**
   * Why a row was left.
   *
   * @param flaw as in {@link dev.memoryconsole.memory.MemoryEntry#flaw}
   */
  static String sentence(String flaw) {
    return "The row is left byte for byte as it is: " + flaw + ".";
  }
}
