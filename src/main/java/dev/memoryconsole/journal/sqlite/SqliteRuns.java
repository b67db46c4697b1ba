package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.RunJournal;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.lock.figures.LockSummary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of one journal. */
final class SqliteRuns implements RunJournal {
  private static final int REOPENED_AT_ONCE = 2_000;

  private final JournalGate gate;
  private final SqliteEntries entries;
  private final RunClaims claims;
  private final RunPlanning planning;
  private final RunTaking taking;
  private final RunReader reader;
  private final RunWriter writer;

  SqliteRuns(
      JournalGate gate,
      SqliteEntries entries,
      RunClaims claims,
      RunPlanning planning,
      RunTaking taking,
      RunReader reader,
      RunWriter writer) {
    this.gate = gate;
    this.entries = entries;
    this.claims = claims;
    this.planning = planning;
    this.taking = taking;
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public Optional<Long> start(RunPlan plan, long at) {
    endDead(plan.store());
    return planning.start(plan, at);
  }

  /** Writes down what became of runs whose process is gone; whoever looks sees it without that. */
  private void endDead(String store) {
    List<RunTaking.Dead> dead = entries.reading(() -> reader.dead(store));
    if (!dead.isEmpty()) {
      gate.writing(() -> taking.end(dead));
    }
  }

  @Override
  public boolean reopen(String store, long run) {
    // What this process knew of it when it stopped, and could not write down then.
    entries.flush();
    endDead(store);
    if (!gate.writing(() -> taking.take(store, run))) {
      return false;
    }
    int selected = entries.reading(() -> reader.selected(run));
    for (int from = 0; from < selected; from += REOPENED_AT_ONCE) {
      int first = from;
      gate.writing(() -> taking.reopen(run, first, first + REOPENED_AT_ONCE));
    }
    return true;
  }

  @Override
  public boolean reopenToVerify(String store, long run) {
    entries.flush();
    endDead(store);
    return gate.writing(() -> taking.takeToVerify(store, run));
  }

  @Override
  public void release(long run) {
    claims.release(run);
  }

  @Override
  public void update(
      long run,
      RunState state,
      long elapsedMillis,
      LockSummary lock,
      ModelUsage usage,
      @Nullable Long finishedAt) {
    entries.flush();
    gate.writing(() -> writer.update(run, state, elapsedMillis, lock, usage, finishedAt));
  }

  @Override
  public void restoring(long run, @Nullable String safetyCopy) {
    gate.writing(() -> writer.restoring(run, safetyCopy));
  }

  @Override
  public void endVerification(long restore) {
    gate.writing(() -> writer.endVerification(restore));
  }

  @Override
  public void verified(long run, Verification verification) {
    gate.writing(() -> writer.verified(run, verification));
  }

  @Override
  public void settled(long run) {
    gate.writing(() -> writer.settled(run));
  }

  @Override
  public List<RunRecord> latest(String store, int limit) {
    return entries.reading(() -> reader.latest(store, limit));
  }

  @Override
  public List<RunRecord> stopped(String store) {
    return entries.reading(() -> reader.stopped(store));
  }

  @Override
  public Optional<RunRecord> find(String store, long run) {
    return entries.reading(() -> reader.find(store, run));
  }

  @Override
  public long lastMarker(String store) {
    return entries.reading(() -> reader.lastMarker(store));
  }
}
