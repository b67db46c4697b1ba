package dev.memoryconsole.report;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The entries of a run, read a few at a time. */
final class RunEntries {
  private static final int AT_ONCE = 500;

  private RunEntries() {}

  @FunctionalInterface
  interface Each {
    void take(EntryRecord entry) throws IOException;
  }

  /**
   * Hands over the entries in these states (empty for all), in the run's order.
   *
   * @param most how many at most
   * @return how many
   */
  static int read(Upgrades open, long run, Set<EntryState> states, int most, Each each)
      throws IOException {
    int read = 0;
    while (read < most) {
      Cancellation.check();
      List<EntryRecord> next = open.entries(run, states, read, Math.min(AT_ONCE, most - read));
      for (EntryRecord entry : next) {
        each.take(entry);
      }
      read += next.size();
      if (next.size() < AT_ONCE) {
        break;
      }
    }
    return read;
  }
}
