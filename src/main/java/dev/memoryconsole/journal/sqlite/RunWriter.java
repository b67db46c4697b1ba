package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.common.JournalJson;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.JournalTransactions.Safety;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.lock.figures.LockSummary;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write down where runs stand. Used under the journal's writing lock; each call
 * is one short transaction.
 */
final class RunWriter {
  private final Statements statements;
  private final JournalTransactions transactions;
  private final RunClaims claims;

  RunWriter(Statements statements, JournalTransactions transactions, RunClaims claims) {
    this.statements = statements;
    this.transactions = transactions;
    this.claims = claims;
  }

  /** Writes of a run of ours; answers how many rows that changed. */
  private int update(Safety safety, long run, String sql, @Nullable Object... values)
      throws SQLException {
    return transactions.run(
        safety,
        () -> {
          claims.requireOurs(statements, run);
          return statements.update(sql, values);
        });
  }

  int update(
      long run,
      RunState state,
      long elapsedMillis,
      LockSummary lock,
      ModelUsage usage,
      @Nullable Long finishedAt)
      throws SQLException {
    return update(
        Safety.LATER,
        run,
        "UPDATE runs SET state = ?, elapsed_ms = ?, lock = ?, usage = ?, finished_at = ?"
            + " WHERE id = ?",
        state.name(),
        elapsedMillis,
        JournalJson.lock(lock),
        JournalJson.usage(usage),
        finishedAt,
        run);
  }

  int restoring(long run, @Nullable String safetyCopy) throws SQLException {
    return update(
        Safety.SYNCED,
        run,
        "UPDATE runs SET safety = ?1, unwatched = (SELECT coalesce(max(r.last_marker), 0)"
            + " FROM runs r WHERE r.store = runs.store) WHERE id = ?2",
        safetyCopy,
        run);
  }

  int endVerification(long restore) throws SQLException {
    return update(
        Safety.LATER,
        restore,
        "UPDATE runs SET unwatched = (SELECT r.unwatched FROM runs r WHERE r.id = ?1),"
            + " verification = CASE verification WHEN 'NONE' THEN 'NONE' ELSE 'ENDED' END"
            + " WHERE store = (SELECT r.store FROM runs r WHERE r.id = ?1) AND id < ?1"
            // The others ended with an earlier restore or never wrote: few are left, however
            // many there were.
            + " AND (verification NOT IN ('NONE', 'ENDED') OR last_marker > unwatched)",
        restore);
  }

  int verified(long run, Verification verification) throws SQLException {
    return update(
        Safety.LATER,
        run,
        "UPDATE runs SET verification = ? WHERE id = ?",
        verification.name(),
        run);
  }

  int settled(long run) throws SQLException {
    return transactions.run(
        Safety.LATER,
        () ->
            statements.update(
                "UPDATE runs SET verification = 'SETTLED' WHERE id = ? AND verification ="
                    + " 'VERIFIED' AND state IN ('COMPLETED', 'INTERRUPTED', 'CANCELLED')",
                run));
  }
}
