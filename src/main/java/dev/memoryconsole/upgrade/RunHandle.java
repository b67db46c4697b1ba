package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import java.util.List;
import java.util.Set;

/**
 * A run that has been started. Safe for use by many threads; nothing here blocks but await and what
 * reads the journal.
 */
public interface RunHandle {
  /** The run's id in the journal. */
  long id();

  /** Where it stands now. */
  RunProgress progress();

  /**
   * How many outcomes there were so far, since it was started or last resumed; that of an entry
   * which was written once more counts again.
   *
   * @param states only of these; empty for all
   */
  int outcomes(Set<EntryState> states);

  /**
   * Some of these outcomes, in the order they came: what {@link #outcomes(Set)} counts. Reads the
   * journal; background threads only.
   *
   * @param from so many of them are passed over
   */
  List<EntryOutcome> outcomes(Set<EntryState> states, int from, int limit);

  /** Starts no new work until {@link #resume}; what is under way ends and is kept. */
  void pause();

  /** Goes on after a pause. */
  void resume();

  /**
   * Enriches so many entries at once from now on, 1 to 1,000; what is under way goes on. An undo
   * has nothing to enrich and ignores it.
   */
  void setConcurrency(int places);

  /** Stops: interrupts model calls, lets a commit under way finish, writes nothing more. */
  void cancel();

  /**
   * Waits for the run's end.
   *
   * @return its last progress; its state is over
   * @throws InterruptedException if interrupted; the run goes on
   */
  RunProgress await() throws InterruptedException;

  /** Why the run was interrupted; empty if it was not. */
  default Message interruption() {
    return Message.NONE;
  }

  /** The interruption in English; empty if there was none. */
  default String problem() {
    return Wording.ENGLISH.of(interruption());
  }
}
