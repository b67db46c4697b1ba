package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.ProcessIdentity;
import dev.memoryconsole.journal.lives.RunClaims;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes runs over that are stopped or over. Used under the journal's writing lock; each call is one
 * short transaction.
 */
final class RunTaking {
  private static final String TAKE =
      "UPDATE runs SET state = 'RUNNING', owner_pid = ?, owner_start = ?, owner = ?,"
          + " epoch = epoch + 1";

  /** A run that its process left without an end, and the end that it has come to. */
  record Dead(long run, long epoch, RunState end, long finishedAt) {}

  // Whoever stood still and was taken for dead is refused from now on, as after a taking.
  private static final String END =
      "UPDATE runs SET state = ?, finished_at = nullif(?, 0), epoch = epoch + 1"
          + " WHERE id = ? AND epoch = ? AND state IN ('RUNNING', 'PAUSED')";

  // An entry whose text had changed is ENRICHING with the result for the old text: it begins anew.
  private static final String REOPEN =
      """
      UPDATE entries SET finished_at = NULL, reason = '',
        state = CASE
          WHEN state = 'CANCELLED' AND EXISTS (SELECT 1 FROM results
            WHERE entry = (run << 32) | position AND enrichment IS NOT NULL) THEN 'ENRICHED'
          ELSE 'QUEUED' END
      WHERE run = ? AND position >= ? AND position < ? AND state IN ('CANCELLED', 'ENRICHING')\
      """;

  private final Statements statements;
  private final JournalTransactions transactions;
  private final RunClaims claims;

  RunTaking(Statements statements, JournalTransactions transactions, RunClaims claims) {
    this.statements = statements;
    this.transactions = transactions;
    this.claims = claims;
  }

  /** Writes down the ends of runs, if they are still as they were when that was found out. */
  int end(List<Dead> dead) throws SQLException {
    return transactions.run(
        JournalTransactions.Safety.LATER,
        () -> {
          int ended = 0;
          for (Dead run : dead) {
            ended +=
                statements.update(END, run.end().name(), run.finishedAt(), run.run(), run.epoch());
          }
          return ended;
        });
  }

  /**
   * Takes a run that was stopped. Its entries are still as they were left: see {@link #reopen}.
   *
   * @return false if it is no run of this store that was stopped
   */
  boolean take(String store, long run) throws SQLException {
    return take(
        store,
        run,
        TAKE
            + ", finished_at = NULL WHERE id = ? AND store = ?"
            + " AND state IN ('INTERRUPTED', 'CANCELLED') AND kind <> 'RESTORE'");
  }

  /** Takes a run that is over up again, to look after its writes; false if it is not over. */
  boolean takeToVerify(String store, long run) throws SQLException {
    return take(
        store,
        run,
        TAKE
            + ", verification = 'PENDING' WHERE id = ? AND store = ?"
            + " AND state IN ('COMPLETED', 'INTERRUPTED', 'CANCELLED') AND kind <> 'RESTORE'");
  }

  private boolean take(String store, long run, String sql) throws SQLException {
    ProcessIdentity self = claims.self();
    boolean committed = false;
    try {
      boolean taken =
          transactions.run(
              JournalTransactions.Safety.LATER,
              () -> {
                claims.requireFree(statements, store);
                int rows =
                    statements.update(
                        sql, self.pid(), self.startedAt(), self.process(), run, store);
                if (rows == 0) {
                  return false;
                }
                // Before others can see it: nobody is to take a run of ours for a dead one.
                claims.claim(statements, run, self);
                return true;
              });
      committed = taken;
      return taken;
    } finally {
      if (!committed) {
        claims.release(run);
      }
    }
  }

  /**
   * Makes entries ready to go on that were left over: what was enriched waits to be written, what
   * was about to be written waits to be looked at, the rest begins anew.
   *
   * @param from the first place in the run
   * @param to the place behind the last
   */
  int reopen(long run, int from, int to) throws SQLException {
    return transactions.run(
        JournalTransactions.Safety.LATER,
        () -> {
          claims.requireOurs(statements, run);
          return statements.update(REOPEN, run, from, to);
        });
  }

  /** The end that a run has come to whose process is gone. */
  static RunState endOf(boolean isUnfinished, Verification verification) {
    // A process may end after its last entry and before it says so: then nothing is left to resume.
    return isUnfinished || verification == Verification.PENDING
        ? RunState.INTERRUPTED
        : RunState.COMPLETED;
  }
}
