package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.TextHash;
import dev.memoryconsole.message.MessageText;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Announces in the journal what a batch will write, before-image and all, and lets nothing be
 * written that was not announced. It may be written under several locks, some of it under each.
 *
 * <p>Everything is decided on the row as re-read inside the lock. So that the lock is held for as
 * little as possible, the same is worked out just before on the row as it is then, and announced; a
 * row that is still the same inside the lock, to the last column, has the same answer, and only for
 * the others the work is done again there. What was not announced before is not written: it waits
 * for another turn.
 *
 * <p>Writes that are made once more, because another program has overwritten them, are few and need
 * not be fast: they are decided and announced inside the lock.
 */
public final class AnnouncedBatch implements BatchPatch {
  private final RunControl run;
  private final Decision decision;
  private final boolean again;
  private final List<Candidate> entries;
  private final boolean units;
  private final Map<String, Candidate> batch = new HashMap<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final Map<String, RowWrite> prepared = new LinkedHashMap<>();
  // Of what is written together, those that are as they were when they were announced.
  private final Set<String> asPrepared = new HashSet<>();
  private @Nullable JournalException journalFailure;

  private AnnouncedBatch(
      RunControl run, Decision decision, List<Candidate> candidates, boolean again) {
    this.run = run;
    this.decision = decision;
    this.again = again;
    this.entries = List.copyOf(candidates);
    this.units = candidates.stream().anyMatch(candidate -> candidate.unit().size() > 1);
    candidates.forEach(candidate -> batch.put(candidate.id(), candidate));
  }

  /** A batch of entries without an outcome, to be prepared. */
  static AnnouncedBatch first(RunControl run, Decision decision, List<Candidate> candidates) {
    return new AnnouncedBatch(run, decision, candidates, false);
  }

  /** A batch of entries that have their outcome and are written once more. */
  public static AnnouncedBatch again(
      RunControl run, Decision decision, List<Candidate> candidates) {
    return new AnnouncedBatch(run, decision, candidates, true);
  }

  List<Candidate> entries() {
    return entries;
  }

  /** Works out what can be known before the lock is taken, and announces it in the journal. */
  void prepare() {
    List<String> ids =
        batch.values().stream()
            .filter(candidate -> !candidate.isRecovered())
            .map(Candidate::id)
            .toList();
    Map<String, RowWrite> writes = new LinkedHashMap<>();
    Set<String> gone = new HashSet<>(ids);
    List<MemoryEntry> found = rows(ids);
    decision.reread(
        found.stream().collect(Collectors.toMap(MemoryEntry::id, row -> row, (one, _) -> one)));
    for (MemoryEntry row : found) {
      gone.remove(row.id());
      if (!writes.containsKey(row.id())
          && decision.on(candidate(row.id()), row) instanceof Verdict.Write(RowWrite write)) {
        writes.put(row.id(), write);
      }
    }
    for (String id : gone) {
      RowWrite back = decision.returnOf(candidate(id));
      if (back != null) {
        writes.put(id, back);
      }
    }
    for (RowWrite write : foreseen(List.copyOf(writes.values()))) {
      // One without an image is gone meanwhile, or doubled: the lock will tell.
      if (!(write instanceof RowWrite.Removal removal) || removal.image() != null) {
        prepared.put(write.id(), write);
      }
    }
    prepared.keySet().removeIf(id -> !isAlone(id) && !prepared.keySet().containsAll(together(id)));
    List<EntryChange> changes = new ArrayList<>(prepared.size());
    for (RowWrite write : prepared.values()) {
      candidate(write.id()).announce();
      changes.add(announcement(write));
    }
    run.ledger().write(changes);
  }

  /** The rows as they are now, or were just before: what is decided on them is looked at again. */
  private List<MemoryEntry> rows(List<String> ids) {
    long now = System.nanoTime();
    List<MemoryEntry> rows = new ArrayList<>(ids.size());
    List<String> unseen = new ArrayList<>();
    for (String id : ids) {
      candidate(id).seenJustNow(now).ifPresentOrElse(rows::add, () -> unseen.add(id));
    }
    if (!unseen.isEmpty()) {
      rows.addAll(run.store().find(unseen));
    }
    return rows;
  }

  /** A swap leaves it to the triggers what is to be known of a change. */
  private List<RowWrite> foreseen(List<RowWrite> writes) {
    boolean batched = run.options().commit() == CommitMode.BATCH;
    boolean removes = writes.stream().anyMatch(RowWrite.Removal.class::isInstance);
    return batched || removes ? run.store().foresee(writes) : writes;
  }

  @Override
  public boolean hasUnits() {
    return units;
  }

  @Override
  public List<String> together(String id) {
    return candidate(id).unit().stream().map(Candidate::id).toList();
  }

  private boolean isAlone(String id) {
    return candidate(id).unit().size() == 1;
  }

  @Override
  public void reread(Map<String, MemoryEntry> rows) {
    decision.reread(rows);
    journalFailure = null;
    asPrepared.clear();
    if (units) {
      prepared.forEach(
          (id, write) -> {
            MemoryEntry row = rows.get(id);
            if (row != null && !isAlone(id) && isOn(row, write)) {
              asPrepared.add(id);
            }
          });
    }
  }

  @Override
  public @Nullable RowWrite writeFor(MemoryEntry current) {
    Candidate candidate = candidate(current.id());
    RowWrite ready = prepared.get(current.id());
    boolean alone = isAlone(current.id());
    if (ready != null
        && isOn(current, ready)
        && (alone || asPrepared.containsAll(together(current.id())))) {
      return ready;
    }
    Verdict verdict = decision.on(candidate, current);
    if (verdict instanceof Verdict.Write(RowWrite write)
        && !again
        && !(alone && mayFollow(ready, write))) {
      // An announcement that is safe from a power cut takes the disk's time: not under the lock.
      verdict = new Verdict.Unannounced();
    }
    if (candidate.isRecovered() && !(verdict instanceof Verdict.Over)) {
      // The run was stopped between the announcement and the write.
      candidate.giveUp();
    }
    verdicts.put(candidate.id(), verdict);
    return verdict instanceof Verdict.Write(RowWrite write) ? write : null;
  }

  private static boolean isOn(MemoryEntry current, RowWrite ready) {
    return switch (ready) {
      case RowWrite.Change change -> change.before().equals(current);
      case RowWrite.Removal removal -> removal.before().equals(current);
      case RowWrite.Return _ -> false;
    };
  }

  /** Whole rows, and what is written together, are written as announced or not at all. */
  private static boolean mayFollow(@Nullable RowWrite ready, RowWrite write) {
    return ready instanceof RowWrite.Change && write instanceof RowWrite.Change;
  }

  @Override
  public RowWrite.@Nullable Return returnOf(String id) {
    return prepared.get(id) instanceof RowWrite.Return back ? back : null;
  }

  @Override
  public void beforeCommit(List<RowWrite> writes) {
    List<EntryChange> changes = new ArrayList<>();
    for (RowWrite write : writes) {
      if (!write.equals(prepared.get(write.id()))) {
        Candidate candidate = candidate(write.id());
        if (!again && candidate.state() != EntryState.COMMITTING) {
          candidate.announce();
        }
        changes.add(announcement(write));
      }
    }
    if (writes.isEmpty()) {
      return;
    }
    try {
      if (again) {
        run.ledger().confirmAgain(changes);
      } else {
        run.ledger().confirm(changes);
      }
    } catch (JournalException e) {
      journalFailure = e;
      throw e;
    }
  }

  private EntryChange announcement(RowWrite write) {
    Candidate candidate = candidate(write.id());
    EntryChange.Image image = WriteImages.of(write, candidate);
    if (again) {
      Verdict.Over over = decision.written(candidate);
      return EntryChange.reapplying(
          candidate.position(),
          over.outcome(),
          decision.markedAt(),
          image,
          MessageText.write(over.reason()));
    }
    EntryChange change = EntryChange.committing(candidate.position(), decision.markedAt(), image);
    // Of what is enriched it is known already.
    String text = run.kind() == RunKind.MEND || isWhole(write) ? textHash(write, candidate) : null;
    return text == null ? change : change.withTextHash(text);
  }

  private static boolean isWhole(RowWrite write) {
    return !(write instanceof RowWrite.Change);
  }

  private static @Nullable String textHash(RowWrite write, Candidate candidate) {
    EntryProgress kept = candidate.kept();
    return switch (write) {
      case RowWrite.Change change -> TextHash.of(change.before().text());
      case RowWrite.Removal removal -> TextHash.of(removal.before().text());
      case RowWrite.Return _ -> kept == null ? null : kept.textHash();
    };
  }

  /** What an entry has become whose row was not there a second time; null for another turn. */
  Verdict.@Nullable Over missing(Candidate candidate) {
    return decision.missing(candidate);
  }

  /** Whether an entry's row is to be put back where it is missing. */
  boolean isReturned(Candidate candidate) {
    return decision.returnOf(candidate) != null;
  }

  /** What an entry has become when its write took effect. */
  public Verdict.Over written(Candidate candidate) {
    return decision.written(candidate);
  }

  /** Why a row was left as it is. */
  Verdict verdict(String id) {
    Verdict verdict = verdicts.get(id);
    // It was to be written, and another that is written with it was not.
    return verdict == null ? new Verdict.HeldBack() : verdict;
  }

  /** The journal's failure that gave the batch up, if it was that. */
  Optional<JournalException> journalFailure() {
    return Optional.ofNullable(journalFailure);
  }

  private Candidate candidate(String id) {
    Candidate candidate = batch.get(id);
    if (candidate == null) {
      throw new IllegalStateException(id + " is not in this batch");
    }
    return candidate;
  }
}
