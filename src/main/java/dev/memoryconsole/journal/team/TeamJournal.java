package dev.memoryconsole.journal.team;

import dev.memoryconsole.journal.Journal;

/** A journal that knows runs of many consoles beside those of its own. */
public interface TeamJournal extends Journal {
  /** Those runs. */
  TeamRuns team();
}
