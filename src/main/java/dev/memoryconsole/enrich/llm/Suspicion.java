package dev.memoryconsole.enrich.llm;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether answers that are no good have a cause that all entries share. Before anything was right,
 * several in a row are enough, or eight of the last ten; afterwards only many in a row are, as a
 * weak model fails some entries. Thread-safe.
 */
final class Suspicion {
  private static final int WINDOW = 10;
  private static final int MOST_IN_WINDOW = 8;
  private static final int MOST_IN_A_ROW_LATER = 25;

  private final int mostInARow;
  private final Deque<Boolean> latest = new ArrayDeque<>();
  private boolean proven;
  private boolean raised;
  private int inARow;

  /**
   * None yet.
   *
   * @param mostInARow that may fail before anything was right
   */
  Suspicion(int mostInARow) {
    this.mostInARow = mostInARow;
  }

  /** An entry got a good answer. */
  synchronized void right() {
    proven = true;
    inARow = 0;
    latest.clear();
  }

  /**
   * The admin has mended something: the next answer decides. Where the run waited for another
   * reason than answers, nothing about them is in doubt.
   */
  synchronized void onTrial() {
    if (!raised) {
      return;
    }
    raised = false;
    proven = false;
    inARow = mostInARow - 1;
    latest.clear();
  }

  /**
   * An entry got none.
   *
   * @param refused whether the endpoint refused the question, which is hardly the entry's fault
   * @return whether all entries will fare like that
   */
  synchronized boolean wrong(boolean refused) {
    inARow++;
    note(true);
    raised =
        (proven && !refused)
            ? inARow >= MOST_IN_A_ROW_LATER
            : inARow >= mostInARow
                || (!proven && latest.stream().filter(wrong -> wrong).count() >= MOST_IN_WINDOW);
    return raised;
  }

  /** An entry failed for want of the endpoint: neither right nor wrong. */
  synchronized void unanswered() {
    inARow = 0;
    note(false);
  }

  private void note(boolean wrong) {
    latest.addLast(wrong);
    if (latest.size() > WINDOW) {
      latest.removeFirst();
    }
  }
}
