package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.MendCode;
import dev.memoryconsole.mend.MendMerge;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.WriteFate;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.FateOfWrite;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does what was planned for a row, where the re-read row is still as the admin saw it. */
public final class MendDecision implements Decision {
  private static final Verdict.Over MENDED = new Verdict.Over(EntryState.MENDED, Message.NONE);
  private static final Verdict.Over DELETED = new Verdict.Over(EntryState.DELETED, Message.NONE);
  private static final Verdict.Over MENDED_AGAIN =
      new Verdict.Over(EntryState.MENDED, MendCode.REAPPLIED.with());

  private final Set<String> scopes;
  private final long now;
  private final MergeDecision merges;

  /**
   * Decides for one batch.
   *
   * @param scopes only rows of these scopes are written; empty for all
   * @param now the time of its marker
   */
  public MendDecision(Set<String> scopes, long now) {
    this.scopes = scopes;
    this.now = now;
    this.merges = new MergeDecision(now, row -> Preconditions.isOutside(row, scopes));
  }

  @Override
  public Long markedAt() {
    return now;
  }

  @Override
  public void reread(Map<String, MemoryEntry> rows) {
    merges.reread(rows);
  }

  @Override
  public Verdict on(Candidate candidate, MemoryEntry current) {
    EntryProgress kept = candidate.kept();
    if (kept == null || kept.plan() == null) {
      return Verdict.skip(UpgradeCode.NO_WRITE_KNOWN.with());
    }
    MendPlan plan = MendPlan.ofJson(kept.plan());
    if (candidate.state() == EntryState.DELETED) {
      // Whoever wrote it back has had the last word.
      return DELETED;
    }
    if (candidate.state().isWritten()) {
      boolean overwritten =
          FateOfWrite.of(candidate.state(), kept, List.of(current)) == WriteFate.OVERWRITTEN;
      return overwritten ? again(plan, kept, current) : MENDED;
    }
    candidate.see(current);
    if (candidate.isRecovered()
        && (MergeDecision.carriesOurMarker(kept, current) || merges.tookEffect(candidate))) {
      return plan.deletes() ? DELETED : MENDED;
    }
    if (Preconditions.isOutside(current, scopes)) {
      return Verdict.skip(UpgradeCode.OUTSIDE_SCOPES.with());
    }
    Message flaw = current.flaw();
    if (flaw != null) {
      return new Verdict.Over(EntryState.FAILED, UpgradeCode.ROW_UNREADABLE.with(flaw));
    }
    return switch (plan.fit(current)) {
      case OPEN ->
          plan instanceof MendPlan.Merge merge
              ? merges.on(candidate, merge, current)
              : new Verdict.Write(write(plan, current));
      case DONE -> Verdict.skip(MendCode.ALREADY_SO.with());
      case CHANGED -> Verdict.skip(MendCode.CHANGED_SINCE.with(plan.changed(current)));
      case CORPUS -> Verdict.skip(UpgradeCode.OF_CORPUS.with());
      case UNWRITABLE -> throw new IllegalStateException("told before");
    };
  }

  private RowWrite write(MendPlan plan, MemoryEntry current) {
    return switch (plan) {
      case MendPlan.Fields fields ->
          new RowWrite.Change(
              current,
              MendMerge.merge(current, fields.keys(), now),
              fields.columns().changing(current));
      case MendPlan.Removal _ -> new RowWrite.Removal(current);
      case MendPlan.Merge _ -> throw new IllegalStateException("is not written alone");
    };
  }

  private Verdict again(MendPlan plan, EntryProgress kept, MemoryEntry current) {
    return new Verdict.Write(
        plan instanceof MendPlan.Merge merge
            ? merges.again(merge, kept, current)
            : write(plan, current));
  }

  /** What was announced before the run was stopped was done by it, or by somebody else. */
  @Override
  public Verdict.Over missing(Candidate candidate) {
    if (!candidate.isRecovered() || !deletes(candidate)) {
      return Verdict.skip(UpgradeCode.DELETED.with());
    }
    return merges.tookEffect(candidate)
        ? DELETED
        : new Verdict.Over(EntryState.DELETED, MendCode.GONE_WHEN_RESUMED.with());
  }

  private static boolean deletes(Candidate candidate) {
    EntryProgress kept = candidate.kept();
    return kept != null && kept.plan() != null && MendPlan.ofJson(kept.plan()).deletes();
  }

  @Override
  public Verdict.Over written(Candidate candidate) {
    if (deletes(candidate)) {
      return DELETED;
    }
    return candidate.state().isWritten() ? MENDED_AGAIN : MENDED;
  }
}
