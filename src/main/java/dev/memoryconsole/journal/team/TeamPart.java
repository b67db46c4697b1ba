package dev.memoryconsole.journal.team;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.journal.EntryProgress;
import java.util.List;

/**
 * One console's part in a run. What it takes is its own for as long as it says that it is there;
 * one that stood still for longer than its lease loses all it has to the others, and whatever it
 * writes from then on is refused. Ends with {@link dev.memoryconsole.journal.RunJournal#release}.
 * Thread-safe.
 */
public interface TeamPart {
  /**
   * Takes entries that nobody has, queued, enriched or about to be written, in the run's order.
   *
   * @return none if there are none to take now
   * @throws dev.memoryconsole.journal.RunTakenOverException if the lease has run out
   */
  List<EntryProgress> take(int most);

  /**
   * Whether nobody else has entries without an outcome, which could come back to be taken.
   *
   * @throws dev.memoryconsole.journal.JournalException if the database can't be asked
   */
  boolean isLast();

  /**
   * A time of a write that no other write of the run has, milliseconds since 1970.
   *
   * @param now what the clock says
   */
  long marker(long now);

  /** What this part may use of a model. */
  Allowance allowance();
}
