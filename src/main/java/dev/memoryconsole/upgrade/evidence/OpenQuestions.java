package dev.memoryconsole.upgrade.evidence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Questions that have no final answer: being asked, to be asked again, and failed but withheld. A
 * failure is withheld until another question is answered well, which shows that it was the memory's
 * own, or until the endpoint counts as unavailable: then it proves nothing and is asked again. What
 * nobody is left to decide stands. Thread-safe.
 *
 * @param <Q> a question
 */
public final class OpenQuestions<Q> {
  private final Deque<Q> withheld = new ArrayDeque<>();
  private final Deque<Q> again = new ArrayDeque<>();
  private int beingAsked;
  private long answered;

  /**
   * What is to be done with a question.
   *
   * @param isFinal whether its failure stands; otherwise it is to be asked again
   */
  public record Turn<Q>(Q question, boolean isFinal) {}

  /** Somebody sets about asking. */
  public synchronized void begin() {
    beingAsked++;
  }

  /** That one is through with it, whatever came of it. */
  public synchronized void end() {
    beingAsked--;
    notifyAll();
  }

  /** A question was answered well; answers those whose failures stand from now on. */
  public synchronized List<Q> answered() {
    answered++;
    List<Q> settled = List.copyOf(withheld);
    withheld.clear();
    return settled;
  }

  /** The endpoint is there, though its answer was no good. */
  public synchronized void reached() {
    answered++;
  }

  /** How many signs of the endpoint's being there were seen so far. */
  public synchronized long answers() {
    return answered;
  }

  /** A question failed, and it is not known yet whether the memory is to blame. */
  public synchronized void withhold(Q question) {
    withheld.add(question);
    notifyAll();
  }

  /** The endpoint is unavailable: this question and what was withheld come up again, last. */
  public synchronized void putBack(Q question) {
    again.addAll(withheld);
    withheld.clear();
    again.add(question);
    notifyAll();
  }

  /** Waits for a question to ask again, or for one whose failure stands as nobody else is asked. */
  public synchronized Turn<Q> next() throws InterruptedException {
    while (true) {
      Q first = again.poll();
      if (first != null) {
        return new Turn<>(first, false);
      }
      Q undecided = beingAsked == 0 ? withheld.poll() : null;
      if (undecided != null) {
        return new Turn<>(undecided, true);
      }
      wait();
    }
  }
}
