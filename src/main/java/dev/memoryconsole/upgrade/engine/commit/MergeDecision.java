package dev.memoryconsole.upgrade.engine.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.mend.MendMerge;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MergedCounters;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Decides on duplicates that are merged: on all of them together, as they are now. For one thread
 * at a time.
 */
final class MergeDecision {
  private final long now;
  private final Predicate<MemoryEntry> outside;
  private final Map<String, Boolean> open = new HashMap<>();
  private Map<String, MemoryEntry> rows = Map.of();

  /**
   * Decides for one batch.
   *
   * @param now the time of its marker
   * @param outside whether a row is in none of the chosen scopes
   */
  MergeDecision(long now, Predicate<MemoryEntry> outside) {
    this.now = now;
    this.outside = outside;
  }

  void reread(Map<String, MemoryEntry> now) {
    rows = now;
    open.clear();
  }

  /** Whether a duplicate shows that the write which was announced for all of them took effect. */
  boolean tookEffect(Candidate candidate) {
    return candidate.unit().stream()
        .anyMatch(
            one -> {
              EntryProgress kept = one.kept();
              MemoryEntry row = rows.get(one.id());
              return kept != null && row != null && carriesOurMarker(kept, row);
            });
  }

  /** Whether the write that was announced before the run was stopped did take effect. */
  static boolean carriesOurMarker(EntryProgress kept, MemoryEntry current) {
    JsonNode marker = MetadataJson.objectOrEmpty(current.metadata()).path(Keys.MENDED_AT);
    return kept.upgradedAt() != null && marker.isNumber() && marker.asLong() == kept.upgradedAt();
  }

  /** Decides on a duplicate that is itself as it was seen. */
  Verdict on(Candidate candidate, MendPlan.Merge plan, MemoryEntry current) {
    List<Candidate> all = candidate.unit();
    if (all.size() < plan.size() || !all.stream().allMatch(this::isOpen)) {
      return new Verdict.HeldBack();
    }
    List<MemoryEntry> others =
        all.stream()
            .filter(one -> one != candidate)
            .map(one -> Objects.requireNonNull(rows.get(one.id())))
            .toList();
    return new Verdict.Write(
        switch (plan.fate()) {
          case KEPT ->
              new RowWrite.Change(
                  current,
                  MendMerge.merge(current, MergedCounters.keys(current, others), now),
                  MergedCounters.columns(current, others));
          case ARCHIVED -> archived(current);
          case DELETED -> new RowWrite.Removal(current);
        });
  }

  private boolean isOpen(Candidate one) {
    return open.computeIfAbsent(
        one.id(),
        id -> {
          EntryProgress kept = one.kept();
          MemoryEntry row = rows.get(id);
          return kept != null
              && kept.plan() != null
              && row != null
              && !outside.test(row)
              && MendPlan.ofJson(kept.plan()).fit(row) == MendPlan.Fit.OPEN;
        });
  }

  private RowWrite archived(MemoryEntry current) {
    ObjectNode keys = MetadataJson.objectOrEmpty(null).put(Keys.STATE, MendMerge.ARCHIVED);
    return new RowWrite.Change(current, MendMerge.merge(current, keys, now));
  }

  /** Writes once more what an older copy was written over. */
  RowWrite again(MendPlan.Merge plan, EntryProgress write, MemoryEntry current) {
    return plan.fate() == MendPlan.Merge.Fate.ARCHIVED
        ? archived(current)
        : new RowWrite.Change(
            current,
            MendMerge.merge(
                current, MergedCounters.again(current, write.before(), write.written()), now),
            write.columnsWritten().changing(current));
  }
}
