package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.CandidateSource;
import dev.memoryconsole.upgrade.engine.run.RunLedger;
import dev.memoryconsole.upgrade.pace.BatchPlanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries that wait for a batch. For the thread that commits. */
final class BatchQueue {
  private final RunLedger ledger;
  private final CandidateSource source;
  private final BatchPlanner planner;
  private final List<Candidate> waiting = new ArrayList<>();
  // The entries of a batch that failed are tried alone, so that one bad row costs only itself.
  private final Deque<Candidate> alone = new ArrayDeque<>();
  // What is written together comes one after the other.
  private final List<Candidate> gathering = new ArrayList<>();
  private long waitingSince;

  BatchQueue(RunLedger ledger, CandidateSource source, BatchPlanner planner) {
    this.ledger = ledger;
    this.source = source;
    this.planner = planner;
  }

  /** Lets one more in, if it comes within that time. */
  void poll(long millis) throws InterruptedException {
    let(source.poll(millis));
  }

  /** Lets in what is ready, until there are so many. */
  void fill(int rows) throws InterruptedException {
    while (waiting.size() < rows && let(source.poll(0))) {
      // One after the other.
    }
  }

  private boolean let(@Nullable Candidate ready) {
    if (ready != null) {
      gathering.add(ready);
      if (gathering.size() == ready.unit().size()) {
        gathering.forEach(this::add);
        gathering.clear();
      }
    }
    return ready != null;
  }

  /** Lets one in that was there before. */
  void add(Candidate candidate) {
    waitingSince = waiting.isEmpty() ? planner.now() : waitingSince;
    waiting.add(candidate);
  }

  /** Has a batch wait again, before all others. */
  void putBack(List<Candidate> batch) {
    waiting.addAll(0, batch);
  }

  /** Has the entries of a batch tried one by one, before all others. */
  void tryAlone(List<Candidate> batch) {
    alone.addAll(batch);
  }

  /** Whether there are entries to be tried alone. */
  boolean hasAlone() {
    return !alone.isEmpty();
  }

  /** The next entry to be tried alone, with those that are written together with it. */
  List<Candidate> takeAlone() {
    List<Candidate> unit = new ArrayList<>();
    unit.add(alone.removeFirst());
    while (!alone.isEmpty() && unit.getFirst().unit().contains(alone.getFirst())) {
      unit.add(alone.removeFirst());
    }
    return unit;
  }

  /**
   * A batch is due when it is full, when nothing more can come to fill it, or when it has waited
   * long enough for that.
   *
   * @param rows what a batch takes
   * @param underWay entries of the batch that is being written
   */
  boolean isDue(int rows, int underWay) {
    return !waiting.isEmpty()
        && (waiting.size() >= rows
            || waiting.size() + underWay == ledger.remaining()
            || planner.isOverdue(waitingSince));
  }

  /** Takes as many whole batches as there are, up to so many entries; less than one if not. */
  List<Candidate> take(int rows, int most) {
    int all = Math.min(most, waiting.size());
    return take(all < rows ? all : all - all % rows);
  }

  /** Takes the first of them, and what is written together with the last. */
  List<Candidate> take(int rows) {
    int to = Math.min(rows, waiting.size());
    while (to > 0 && to < waiting.size() && waiting.get(to - 1).unit().contains(waiting.get(to))) {
      to++;
    }
    List<Candidate> first = waiting.subList(0, to);
    List<Candidate> batch = List.copyOf(first);
    first.clear();
    waitingSince = planner.now();
    return batch;
  }
}
