package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunInProgressException;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.common.JournalJson;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.JournalTransactions.Safety;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.ProcessIdentity;
import dev.memoryconsole.journal.lives.RunClaims;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a run and its entries down, in many short transactions, so that nobody waits long for the
 * journal however many entries there are. Until the last of them the run is {@link
 * RunClaims#PLANNING}: no run that anybody can see or resume. One that stays so, because its
 * process was killed or the admin stopped it, is dropped, in as many short steps. Safe for use by
 * many threads.
 */
final class RunPlanning implements AutoCloseable {
  private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();
  private static final long LONGEST_REST_NANOS = Duration.ofMillis(50).toNanos();
  private static final int LEAST_AT_ONCE = 100;
  private static final int MOST_AT_ONCE = 5_000;
  private static final int FIRST_AT_ONCE = 1_000;

  private static final String RUN =
      """
      INSERT INTO runs (store, kind, enricher, batch_size, on_failure, scopes, selected, state,
                        started_at, owner_pid, owner_start, owner, epoch, of_run, snapshot)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'PLANNING', ?, ?, ?, ?, 1, ?, ?) RETURNING id\
      """;

  private static final String ENTRIES =
      "INSERT INTO entries (run, position, id, state, waiting)"
          + " SELECT ?1, ?2 + key, value, 'QUEUED', 1 FROM json_each(?3) ORDER BY key";

  private static final String PLANS =
      "UPDATE entries SET plan = plans.value FROM json_each(?3) plans"
          + " WHERE entries.run = ?1 AND entries.position = ?2 + plans.key";

  private static final String DISOWN =
      "UPDATE runs SET owner = '', epoch = epoch + 1 WHERE id = ? AND state = 'PLANNING'";

  private static final String DROP = "DELETE FROM runs WHERE id = ? AND state = 'PLANNING'";

  private static final String DROP_ENTRIES =
      "DELETE FROM entries WHERE run = ?1 AND position IN"
          + " (SELECT position FROM entries WHERE run = ?1 LIMIT ?2)";

  private static final Logger LOG = LoggerFactory.getLogger(RunPlanning.class);

  private final JournalGate gate;
  private final Statements statements;
  private final JournalTransactions transactions;
  private final RunClaims claims;
  // Has no thread until there is something to drop.
  private final ExecutorService dropper =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("journal-drop").factory());
  private volatile boolean closing;

  RunPlanning(
      JournalGate gate, Statements statements, JournalTransactions transactions, RunClaims claims) {
    this.gate = gate;
    this.statements = statements;
    this.transactions = transactions;
    this.claims = claims;
  }

  /** Some of a run's entries, worked out before the journal is taken for them. */
  private record Part(int from, String ids, @Nullable String plans, int to, boolean isLast) {
    static Part of(RunPlan plan, int from, int atOnce) {
      List<String> ids = plan.ids();
      List<String> plans = plan.plans();
      int to = Math.min(from + atOnce, ids.size());
      return new Part(
          from,
          JournalJson.strings(ids.subList(from, to)),
          plans.isEmpty() ? null : JournalJson.strings(plans.subList(from, to)),
          to,
          to == ids.size());
    }
  }

  /** One of many transactions; answers how many rows it changed. */
  private interface Step {
    int run(int atOnce) throws SQLException;
  }

  /** Sizes the steps, so that each takes a few milliseconds. For one thread. */
  private final class Steps {
    private int atOnce = FIRST_AT_ONCE;

    int next(Step step) {
      long[] begun = new long[1];
      long[] took = new long[1];
      int rows =
          gate.writing(
              () -> {
                int changed =
                    transactions.run(
                        Safety.LATER,
                        () -> {
                          // Not from before: it may have waited for others.
                          begun[0] = System.nanoTime();
                          return step.run(atOnce);
                        });
                took[0] = System.nanoTime() - begun[0];
                return changed;
              });
      long wished = atOnce * STEP_NANOS / Math.max(1, took[0]);
      atOnce = (int) Math.clamp(wished, LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, 2L * atOnce));
      // Leaves the journal to others for as long as it was kept from them.
      LockSupport.parkNanos(Math.min(took[0], LONGEST_REST_NANOS));
      return rows;
    }
  }

  /**
   * Writes the run down, at work in this process.
   *
   * @return its id; empty if the thread was interrupted before all of it was written: it will not
   *     be there
   * @throws RunInProgressException if a run of that store is at work, in whatever process
   */
  Optional<Long> start(RunPlan plan, long at) {
    ProcessIdentity self = claims.self();
    Part first = Part.of(plan, 0, FIRST_AT_ONCE);
    String scopes = JournalJson.strings(plan.scopes());
    long run = gate.writing(() -> begin(plan, scopes, first, self, at));
    boolean begun = false;
    try {
      begun = plan.ids().size() <= FIRST_AT_ONCE || addAll(run, plan);
    } finally {
      if (!begun) {
        giveUp(run);
      }
      dropLeftOver(plan.store());
    }
    return begun ? Optional.of(run) : Optional.empty();
  }

  private long begin(RunPlan plan, String scopes, Part first, ProcessIdentity self, long at)
      throws SQLException {
    long[] run = new long[1];
    boolean committed = false;
    try {
      transactions.run(
          Safety.LATER,
          () -> {
            claims.requireFree(statements, plan.store());
            run[0] = insertRun(plan, scopes, self, at);
            // Before others can see it: nobody is to take a run of ours for a dead one.
            claims.claim(statements, run[0], self);
            return add(run[0], first);
          });
      committed = true;
      return run[0];
    } finally {
      if (!committed) {
        claims.release(run[0]);
      }
    }
  }

  private long insertRun(RunPlan plan, String scopes, ProcessIdentity self, long at)
      throws SQLException {
    return statements.number(
        RUN,
        plan.store(),
        plan.kind().name(),
        plan.enricher(),
        plan.batchSize(),
        plan.onFailure(),
        scopes,
        plan.ids().size(),
        at,
        self.pid(),
        self.startedAt(),
        self.process(),
        plan.ofRun(),
        plan.snapshot());
  }

  private boolean addAll(long run, RunPlan plan) {
    Steps steps = new Steps();
    int from = FIRST_AT_ONCE;
    while (from < plan.ids().size()) {
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      Part next = Part.of(plan, from, steps.atOnce);
      from += steps.next(_ -> add(run, next));
    }
    return true;
  }

  /** Adds some entries; with the last of them the run has begun. Answers how many. */
  private int add(long run, Part part) throws SQLException {
    claims.requireOurs(statements, run);
    statements.update(ENTRIES, run, part.from(), part.ids());
    String plans = part.plans();
    if (plans != null) {
      statements.update(PLANS, run, part.from(), plans);
    }
    if (part.isLast()) {
      statements.update("UPDATE runs SET state = 'RUNNING' WHERE id = ?", run);
    }
    return part.to() - part.from();
  }

  /** Nobody is at work on it any more. */
  private void giveUp(long run) {
    try {
      gate.writing(() -> transactions.run(Safety.LATER, () -> statements.update(DISOWN, run)));
    } catch (JournalException e) {
      // It is dropped when the next run begins.
      LOG.warn("Run {} stays half planned for now", run, e);
    } finally {
      claims.release(run);
    }
  }

  /** Drops what was left half planned, in a thread of its own. */
  private void dropLeftOver(String store) {
    List<RunClaims.Open> leftOver =
        gate.writing(
            () ->
                RunClaims.open(statements, store).stream()
                    .filter(open -> open.isPlanned() && !claims.isAtWork(open.run(), open.owner()))
                    .toList());
    for (RunClaims.Open open : leftOver) {
      dropper.execute(() -> drop(open.run()));
    }
  }

  private void drop(long run) {
    try {
      LOG.info("Run {} was never planned to its end and is dropped", run);
      Steps steps = new Steps();
      // Whoever planned it, and stood still, is refused from now on.
      steps.next(_ -> statements.update(DISOWN, run));
      while (!closing) {
        if (steps.next(atOnce -> statements.update(DROP_ENTRIES, run, atOnce)) == 0) {
          steps.next(_ -> statements.update(DROP, run));
          return;
        }
      }
    } catch (JournalException e) {
      LOG.warn("Run {} stays half planned for now", run, e);
    }
  }

  /** What is not dropped by now is when the next run begins. */
  @Override
  public void close() {
    closing = true;
    dropper.close();
  }
}
