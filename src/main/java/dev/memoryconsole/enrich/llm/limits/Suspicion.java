package dev.memoryconsole.enrich.llm.limits;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether failures have a cause that all entries share. Before anything was right, several bad
 * answers in a row are enough, or eight of the last ten, or ten failures of any kind; afterwards
 * only many in a row are, as a weak model fails some entries. Thread-safe.
 */
final class Suspicion {
  private static final int WINDOW = 10;
  private static final int MOST_IN_WINDOW = 8;
  private static final int MOST_IN_A_ROW_LATER = 25;

  private final int mostInARow;
  private final Deque<Boolean> latest = new ArrayDeque<>();
  private boolean proven;
  private boolean raised;
  private int wrongInARow;
  private int failedInARow;

  /**
   * Makes one that suspects nothing yet.
   *
   * @param mostInARow that may fail before anything was right
   */
  Suspicion(int mostInARow) {
    this.mostInARow = mostInARow;
  }

  /** An entry got a good answer. */
  synchronized void right() {
    proven = true;
    wrongInARow = 0;
    failedInARow = 0;
    latest.clear();
  }

  /**
   * The admin has mended something: the next answer decides. Where the run waited for another
   * reason than answers, nothing about them is in doubt.
   */
  synchronized void onTrial() {
    failedInARow = 0;
    if (!raised) {
      return;
    }
    raised = false;
    proven = false;
    wrongInARow = mostInARow - 1;
    latest.clear();
  }

  /**
   * An entry got none.
   *
   * @param refused whether the endpoint refused the question, which is hardly the entry's fault
   * @return whether all entries will fare like that
   */
  synchronized boolean wrong(boolean refused) {
    wrongInARow++;
    note(true);
    raised =
        isFruitless()
            || ((proven && !refused)
                ? wrongInARow >= MOST_IN_A_ROW_LATER
                : wrongInARow >= mostInARow
                    || (!proven
                        && latest.stream().filter(wrong -> wrong).count() >= MOST_IN_WINDOW));
    return raised;
  }

  /**
   * An entry failed for want of the endpoint: its answer was neither right nor wrong.
   *
   * @return whether so many failed, of whatever kind, that all entries will
   */
  synchronized boolean unanswered() {
    wrongInARow = 0;
    note(false);
    return isFruitless();
  }

  /** The endpoint is away: that explains what failed up to now. */
  synchronized void away() {
    failedInARow = 0;
  }

  private boolean isFruitless() {
    return failedInARow >= (proven ? MOST_IN_A_ROW_LATER : WINDOW);
  }

  private void note(boolean wrong) {
    failedInARow++;
    latest.addLast(wrong);
    if (latest.size() > WINDOW) {
      latest.removeFirst();
    }
  }
}
