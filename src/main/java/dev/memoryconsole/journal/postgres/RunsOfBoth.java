package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.RunJournal;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.lock.figures.LockSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs of this machine and those that are shared. */
record RunsOfBoth(RunJournal local, TeamRunJournal shared) implements RunJournal {
  private RunJournal of(long run) {
    return TeamRuns.isShared(run) ? shared : local;
  }

  /** What is taken back is where it was written down. */
  @Override
  public Optional<Long> start(RunPlan plan, long at) {
    Long ofRun = plan.ofRun();
    if (ofRun != null && TeamRuns.isShared(ofRun)) {
      return shared.start(plan, at);
    }
    shared.requireFree();
    return local.start(plan, at);
  }

  @Override
  public boolean reopen(String store, long run) {
    if (!TeamRuns.isShared(run)) {
      shared.requireFree();
    }
    return of(run).reopen(store, run);
  }

  @Override
  public boolean reopenToVerify(String store, long run) {
    return of(run).reopenToVerify(store, run);
  }

  @Override
  public void release(long run) {
    of(run).release(run);
  }

  @Override
  public void update(
      long run,
      RunState state,
      long elapsedMillis,
      LockSummary lock,
      ModelUsage usage,
      @Nullable Long finishedAt) {
    of(run).update(run, state, elapsedMillis, lock, usage, finishedAt);
  }

  @Override
  public void restoring(long run, @Nullable String safetyCopy) {
    of(run).restoring(run, safetyCopy);
  }

  @Override
  public void endVerification(long restore) {
    of(restore).endVerification(restore);
  }

  @Override
  public void verified(long run, Verification verification) {
    of(run).verified(run, verification);
  }

  @Override
  public void settled(long run) {
    of(run).settled(run);
  }

  @Override
  public List<RunRecord> latest(String store, int limit) {
    return newest(local.latest(store, limit), shared.latest(store, limit)).limit(limit).toList();
  }

  @Override
  public List<RunRecord> stopped(String store) {
    return newest(local.stopped(store), shared.stopped(store)).toList();
  }

  private static Stream<RunRecord> newest(List<RunRecord> one, List<RunRecord> other) {
    return Stream.concat(one.stream(), other.stream())
        .sorted(Comparator.comparingLong(RunRecord::startedAt).reversed());
  }

  @Override
  public Optional<RunRecord> find(String store, long run) {
    return of(run).find(store, run);
  }

  @Override
  public long lastMarker(String store) {
    return Math.max(local.lastMarker(store), shared.lastMarker(store));
  }
}
