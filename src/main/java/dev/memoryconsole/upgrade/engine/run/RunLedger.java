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
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is recorded of one run: in the journal, and in memory for who looks on. Thread-safe. */
public final class RunLedger {
  private final long run;
  private final Journal journal;
  private final LockMetrics locks;
  private final Supplier<ModelUsage> usageNow;
  private final PauseGate gate;
  private final InstantSource clock;
  private final ModelUsage usageBefore;
  private final int selected;
  private volatile Verification verification = Verification.NONE;
  // Guarded by this.
  private final Map<EntryState, Integer> counts = new EnumMap<>(EntryState.class);
  private final List<EntryOutcome> outcomes = new ArrayList<>();
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
    this.selected = beginning.candidates().size() + done;
  }

  /** Gives an entry its outcome. */
  public void finish(Candidate candidate, EntryState outcome, Message reason) {
    candidate.go(outcome);
    long now = clock.millis();
    append(
        EntryChange.finished(
            candidate.position(),
            outcome,
            candidate.title(),
            candidate.attempt(),
            MessageText.write(reason),
            now));
    long millis = candidate.startedAt() == 0 ? 0 : now - candidate.startedAt();
    EntryOutcome told = outcome(candidate, reason, 0, millis);
    synchronized (this) {
      counts.merge(outcome, 1, Integer::sum);
      outcomes.add(told);
      done++;
    }
    candidate.forgetWork();
  }

  /** Tells an entry that has its outcome again, because it was written once more. */
  public synchronized void reapplied(Candidate entry, Message reason) {
    outcomes.add(outcome(entry, reason, 1, 0));
    reapplied.add(entry.id());
  }

  private static EntryOutcome outcome(
      Candidate entry, Message reason, int timesReapplied, long millis) {
    return new EntryOutcome(
        entry.id(), entry.title(), entry.state(), reason, entry.attempt(), timesReapplied, millis);
  }

  /** Ends what has no outcome yet. */
  public void cancelTheRest(List<Candidate> candidates) {
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
    return selected;
  }

  /** How many entries have their outcome. */
  public synchronized int done() {
    return done;
  }

  /** How many entries have no outcome yet. */
  public int remaining() {
    return selected - done();
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

  /** The outcomes from this index on, in the order they came. */
  public synchronized List<EntryOutcome> outcomesFrom(int index) {
    return List.copyOf(outcomes.subList(Math.min(index, outcomes.size()), outcomes.size()));
  }
}
