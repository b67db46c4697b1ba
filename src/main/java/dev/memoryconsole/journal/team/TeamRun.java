package dev.memoryconsole.journal.team;

import dev.memoryconsole.journal.RunRecord;
import java.util.List;

/**
 * A run that many work on.
 *
 * @param record the run as every journal tells of it
 * @param terms what all may use together
 * @param workers all who have ever worked on it, the first first
 */
public record TeamRun(RunRecord record, TeamTerms terms, List<TeamWorker> workers) {
  /** How many consoles work on it now. */
  public int atWork() {
    return (int) workers.stream().filter(TeamWorker::isAtWork).count();
  }
}
