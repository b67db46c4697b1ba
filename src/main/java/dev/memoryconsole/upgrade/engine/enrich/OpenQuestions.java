package dev.memoryconsole.upgrade.engine.enrich;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Questions that have no final answer: being asked, to be asked again, and failed but withheld. A
 * failure is withheld until another question is answered well, which shows that it was the memory's
 * own, or until the endpoint counts as unavailable: then it proves nothing and is asked again. What
 * nobody is left to decide stands. Thread-safe.
 *
 * @param <Q> a question
 */
final class OpenQuestions<Q> {
  private final Deque<Q> withheld = new ArrayDeque<>();
  private final Deque<Q> again = new ArrayDeque<>();
  private int beingAsked;
  private long answered;

  /**
   * What is to be done with a question.
   *
   * @param isFinal whether its failure stands; otherwise it is to be asked again
   */
  record Turn<Q>(Q question, boolean isFinal) {}

  /** Notes that somebody sets about asking. */
  synchronized void begin() {
    beingAsked++;
  }

  /** Notes that somebody is through with asking, whatever came of it. */
  synchronized void end() {
    beingAsked--;
    notifyAll();
  }

  /** Notes a good answer; returns the questions whose failures stand from now on. */
  synchronized List<Q> answered() {
    answered++;
    List<Q> settled = List.copyOf(withheld);
    withheld.clear();
    return settled;
  }

  /** Notes that the endpoint is there, though its answer was no good. */
  synchronized void reached() {
    answered++;
  }

  /** How many signs of the endpoint's being there were seen so far. */
  synchronized long answers() {
    return answered;
  }

  /** Keeps a question that failed while it is not known whether the memory is to blame. */
  synchronized void withhold(Q question) {
    withheld.add(question);
    notifyAll();
  }

  /** Has this question and what was withheld come up again, last: the endpoint is unavailable. */
  synchronized void putBack(Q question) {
    again.addAll(withheld);
    withheld.clear();
    again.add(question);
    notifyAll();
  }

  /** Waits for a question to ask again, or for one whose failure stands as nobody else is asked. */
  synchronized Turn<Q> next() throws InterruptedException {
    while (true) {
      Turn<Q> turn = turn();
      if (turn != null) {
        return turn;
      }
      wait();
    }
  }

  /** The same, if there is one within this time. */
  synchronized Optional<Turn<Q>> next(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Turn<Q> turn = turn();
    for (long left = millis; turn == null && left > 0; turn = turn()) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return Optional.ofNullable(turn);
  }

  private @Nullable Turn<Q> turn() {
    Q first = again.poll();
    if (first != null) {
      return new Turn<>(first, false);
    }
    Q undecided = beingAsked == 0 ? withheld.poll() : null;
    return undecided == null ? null : new Turn<>(undecided, true);
  }
}
