package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.team.TeamTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

/**
 * What one part may use of a model. Of the budget it is granted a share at a time, in advance, and
 * gives back what is over when it has nothing left to do; one that was stopped, or vanished, keeps
 * what it was granted, because nobody knows whether it spent it. Calls take their turns one after
 * the other, over all parts. Thread-safe.
 */
final class TeamAllowance implements Allowance {
  // So that many may work until the end without asking all the time.
  private static final BigDecimal SHARES = BigDecimal.valueOf(50);
  private static final int DIGITS = 9;
  private static final long MICROS_PER_MINUTE = 60_000_000;

  private final TeamDatabase database;
  private final long run;
  private final long worker;
  private final TeamTerms terms;

  TeamAllowance(TeamDatabase database, long run, long worker, TeamTerms terms) {
    this.database = database;
    this.run = run;
    this.worker = worker;
    this.terms = terms;
  }

  @Override
  public boolean isBounded() {
    return terms.budget() != null;
  }

  @Override
  public BigDecimal budget() {
    return Objects.requireNonNullElse(terms.budget(), BigDecimal.ZERO);
  }

  @Override
  public BigDecimal spend(BigDecimal wanted) {
    BigDecimal budget = terms.budget();
    return budget == null
        ? wanted
        : database.write((_, statements) -> granted(statements, budget, wanted));
  }

  private BigDecimal granted(Statements statements, BigDecimal budget, BigDecimal wanted)
      throws SQLException {
    // Whoever has the run's row decides alone.
    statements.list(
        "SELECT id FROM memory_console.runs WHERE id = ? FOR UPDATE", row -> row.getLong(1), run);
    BigDecimal others =
        statements
            .list(
                "SELECT coalesce(sum(granted), 0) FROM memory_console.workers"
                    + " WHERE run = ? AND id <> ?",
                row -> row.getBigDecimal(1),
                run,
                worker)
            .getFirst();
    BigDecimal mine =
        statements
            .list(
                "SELECT granted FROM memory_console.workers WHERE id = ?",
                row -> row.getBigDecimal(1),
                worker)
            .getFirst();
    BigDecimal share = budget.divide(SHARES, DIGITS, RoundingMode.DOWN);
    BigDecimal most = budget.subtract(others).max(BigDecimal.ZERO);
    BigDecimal granted = wanted.max(mine).add(share).min(most);
    statements.update(
        "UPDATE memory_console.workers SET granted = ? WHERE id = ?", granted, worker);
    return granted;
  }

  @Override
  public Duration turn(int tokens) {
    Duration forRequests = turn("next_request", 1, terms.requestsPerMinute());
    Duration forTokens = turn("next_tokens", Math.max(1, tokens), terms.tokensPerMinute());
    return forRequests.compareTo(forTokens) > 0 ? forRequests : forTokens;
  }

  /** A turn begins when the one before is over, which is as long as its share of a minute. */
  private Duration turn(String column, int permits, int perMinute) {
    if (perMinute == 0) {
      return Duration.ZERO;
    }
    long micros = MICROS_PER_MINUTE * permits / perMinute;
    long wait =
        database.write(
            (_, statements) ->
                statements
                    .list(
                        "UPDATE memory_console.runs SET "
                            + column
                            + " = greatest(coalesce("
                            + column
                            + ", now()), now()) + ? * interval '1 microsecond' WHERE id = ?"
                            + " RETURNING CAST(extract(epoch FROM "
                            + column
                            + " - now()) * 1000000 AS bigint)",
                        row -> row.getLong(1),
                        micros,
                        run)
                    .getFirst());
    return Duration.ofNanos(Math.max(0, wait - micros) * 1_000);
  }
}
