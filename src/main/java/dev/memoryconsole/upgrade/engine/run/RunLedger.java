package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryJournal;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.MessageText;
import dev.memoryconsole.upgrade.EntryOutcome;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is recorded of one run: in the journal, and figures of it in memory. Thread-safe. */
public final class RunLedger {
  private static final int CANCELLED_AT_ONCE = 100;

  private final long run;
  private final Journal journal;
  private final LockMetrics locks;
  private final Supplier<ModelUsage> usageNow;
  private final PauseGate gate;
  private final InstantSource clock;
  private final ModelUsage usageBefore;
  private final OpenEntries entries;
  private final int doneBefore;
  private volatile Verification verification = Verification.NONE;
  // Guarded by this.
  private final Map<EntryState, Integer> counts = new EnumMap<>(EntryState.class);
  private final OutcomeOrder outcomes = new OutcomeOrder();
  private final Set<String> reapplied = new HashSet<>();
  private int done;

  /**
   * Goes on from what was recorded before the run was stopped.
   *
   * @param locks the store's, which know the run's acquisitions
   * @param usageNow what the run has used of a model since it was started or resumed
   * @param gate which knows the run's time at work
   */
  public RunLedger(
      RunBeginning beginning,
      Journal journal,
      LockMetrics locks,
      Supplier<ModelUsage> usageNow,
      PauseGate gate,
      InstantSource clock) {
    this.run = beginning.id();
    this.journal = journal;
    this.locks = locks;
    this.usageNow = usageNow;
    this.gate = gate;
    this.clock = clock;
    this.usageBefore = beginning.usage();
    this.counts.putAll(beginning.counts());
    this.done = counts.values().stream().mapToInt(Integer::intValue).sum();
    this.entries = beginning.entries();
    this.doneBefore = done;
  }

  /** Gives an entry its outcome. */
  public void finish(Candidate candidate, EntryState outcome, Message reason) {
    candidate.go(outcome);
    EntryChange finished =
        EntryChange.finished(
            candidate.position(),
            outcome,
            candidate.title(),
            candidate.attempt(),
            MessageText.write(reason),
            clock.millis());
    long begun = candidate.startedAt();
    append(begun == 0 ? finished : finished.begunAt(begun));
    synchronized (this) {
      counts.merge(outcome, 1, Integer::sum);
      outcomes.add(candidate.position(), outcome);
      done++;
    }
    entries.over(candidate);
    candidate.forgetWork();
  }

  /** Tells an entry that has its outcome again, because it was written once more. */
  public synchronized void reapplied(Candidate entry) {
    outcomes.add(entry.position(), entry.state());
    reapplied.add(entry.id());
  }

  /**
   * Ends what has no outcome yet, unless it is anybody's who works on the run. Nobody takes
   * anything up any more.
   */
  public void cancelTheRest() {
    if (entries.isShared()) {
      return;
    }
    cancel(entries.underWay());
    for (List<Candidate> rest = entries.next(CANCELLED_AT_ONCE);
        !rest.isEmpty();
        rest = entries.next(CANCELLED_AT_ONCE)) {
      cancel(rest);
    }
  }

  private void cancel(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      EntryState state = candidate.state();
      // One that was about to be written is told by its marker when the run is looked at again.
      if (!state.isOutcome() && state != EntryState.COMMITTING) {
        finish(candidate, EntryState.CANCELLED, Message.NONE);
      }
    }
  }

  /** Records a change as {@link EntryJournal#append} does. */
  public void append(EntryChange change) {
    journal.entries().append(run, change);
  }

  /** Records changes as {@link EntryJournal#write} does. */
  public void write(List<EntryChange> changes) {
    journal.entries().write(run, changes);
  }

  /** Records changes under the store's lock as {@link EntryJournal#confirm} does. */
  public void confirm(List<EntryChange> changes) {
    journal.entries().confirm(run, changes);
  }

  /**
   * Records, under the store's lock, writes that are made once more: {@link
   * EntryJournal#confirmAgain}.
   */
  public void confirmAgain(List<EntryChange> changes) {
    journal.entries().confirmAgain(run, changes);
  }

  /** What the journal knows about these entries of the run. */
  public List<EntryProgress> kept(Collection<String> ids) {
    return journal.entries().kept(run, ids);
  }

  /** Records where the run stands. */
  public void record(RunState state, @Nullable Long finishedAt) {
    journal
        .runs()
        .update(run, state, gate.activeMillis(), locks.summaryOf(run), usage(), finishedAt);
  }

  /** Records how far it is known that the writes stayed. */
  public void verified(Verification reached) {
    journal.runs().verified(run, reached);
    verification = reached;
  }

  /** How far it is known that the writes stayed. */
  public Verification verification() {
    return verification;
  }

  /** What the run used of a model, before it was stopped too. */
  public ModelUsage usage() {
    return usageBefore.plus(usageNow.get());
  }

  /** How many entries the run has. */
  public int selected() {
    return entries.size() + doneBefore;
  }

  /** How many entries have their outcome. */
  public synchronized int done() {
    return done;
  }

  /** How many entries have no outcome yet; at least one while there may be more. */
  public int remaining() {
    // In this order: what is taken in between counts as more to come.
    boolean more = entries.mayGrow();
    int left = selected() - done();
    return more ? Math.max(1, left) : left;
  }

  /** How many entries were written. */
  public synchronized int written() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().isWritten())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** How many entries were written once more. */
  public synchronized int reapplied() {
    return reapplied.size();
  }

  /** How many entries ended in each outcome. */
  public synchronized Map<EntryState, Integer> counts() {
    return Map.copyOf(counts);
  }

  /** How many outcomes were told so far, of these states; all if there are none given. */
  public synchronized int told(Set<EntryState> states) {
    return outcomes.count(states);
  }

  /**
   * Some of the outcomes, in the order they came. Reads the journal.
   *
   * @param states only of these; empty for all
   * @param from so many of them are passed over
   */
  public List<EntryOutcome> outcomes(Set<EntryState> states, int from, int limit) {
    List<Integer> positions;
    synchronized (this) {
      positions = outcomes.positions(states, from, limit);
    }
    return positions.isEmpty()
        ? List.of()
        : journal.entries().at(run, positions).stream().map(EntryOutcome::of).toList();
  }
}
