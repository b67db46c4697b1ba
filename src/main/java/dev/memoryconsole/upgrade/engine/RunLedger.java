package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.EntryOutcome;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is recorded of one run: in the journal, and in memory for who looks on. Thread-safe. */
final class RunLedger {
  private final long run;
  private final MemoryStore store;
  private final Journal journal;
  private final Enricher enricher;
  private final PauseGate gate;
  private final Clock clock;
  private final ModelUsage usageBefore;
  private final Tally tally;
  private final int selected;

  RunLedger(
      RunBeginning beginning,
      MemoryStore store,
      Journal journal,
      Enricher enricher,
      PauseGate gate,
      Clock clock) {
    this.run = beginning.id();
    this.store = store;
    this.journal = journal;
    this.enricher = enricher;
    this.gate = gate;
    this.clock = clock;
    this.usageBefore = beginning.usage();
    this.tally = new Tally(beginning.counts());
    this.selected = beginning.candidates().size() + tally.done();
  }

  /** Gives an entry its outcome. */
  void finish(Candidate candidate, EntryState outcome, String reason) {
    candidate.go(outcome);
    long now = clock.millis();
    append(
        EntryChange.finished(
            candidate.position(), outcome, candidate.title(), candidate.attempt(), reason, now));
    tally.add(
        new EntryOutcome(
            candidate.id(),
            candidate.title(),
            outcome,
            reason,
            candidate.attempt(),
            0,
            candidate.startedAt() == 0 ? 0 : now - candidate.startedAt()));
    candidate.forgetWork();
  }

  /** An entry that has its outcome was written once more. */
  void reapplied(EntryProgress entry) {
    tally.addReapplied(
        new EntryOutcome(
            entry.id(),
            entry.title(),
            entry.state(),
            AgainWork.reasonOf(entry),
            entry.attempt(),
            1,
            0));
  }

  /** Ends what has no outcome yet. */
  void cancelTheRest(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      EntryState state = candidate.state();
      // One that was about to be written is told by its marker when the run is looked at again.
      if (!state.isOutcome() && state != EntryState.COMMITTING) {
        finish(candidate, EntryState.CANCELLED, "");
      }
    }
  }

  /** As {@link Journal#append}. */
  void append(EntryChange change) {
    journal.entries().append(run, change);
  }

  /** As {@link Journal#write}. */
  void write(List<EntryChange> changes) {
    journal.entries().write(run, changes);
  }

  /** As {@link Journal#confirm}. */
  void confirm(List<EntryChange> changes) {
    journal.entries().confirm(run, changes);
  }

  /** Records where the run stands. */
  void record(RunState state, @Nullable Long finishedAt) {
    journal
        .runs()
        .update(
            run,
            state,
            gate.activeMillis(),
            store.lockMetrics().summaryOf(run),
            usage(),
            finishedAt);
  }

  /** What the run used of a model, before it was stopped too. */
  ModelUsage usage() {
    return usageBefore.plus(enricher.usage());
  }

  int selected() {
    return selected;
  }

  /** How many entries were written. */
  int written() {
    return tally.written();
  }

  /** How many entries were written once more. */
  int reapplied() {
    return tally.reapplied();
  }

  int done() {
    return tally.done();
  }

  int remaining() {
    return selected - tally.done();
  }

  Map<EntryState, Integer> counts() {
    return tally.counts();
  }

  List<EntryOutcome> outcomesFrom(int index) {
    return tally.from(index);
  }
}
