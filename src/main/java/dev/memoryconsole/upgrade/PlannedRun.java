package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.ids.IdList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which entries a run would take, as they were when somebody counted: the one number for a
 * question, its estimate, its button and the run itself. A run that is started with it enriches
 * these entries and no others; what has changed meanwhile so that there is nothing to do for it
 * gets an outcome that says so.
 *
 * @param request what was asked for
 * @param kind the run's kind
 * @param scopes only rows of these scopes are written; empty for all
 * @param exact whether the entries were looked at one by one, or need not be, because the store
 *     chose them by their state; if not, {@link Upgrades#check} may leave some out
 * @param asked how many entries were asked for, with those that are left out
 * @param ids the entries it takes, in the run's order, without repetitions
 * @param kept the entries among them whose model's answer is known, from the journal or from a
 *     preview, with the hash of the text that it is for
 * @param counts how many entries are in each state; states without entries are left out
 */
public record PlannedRun(
    RunRequest request,
    RunKind kind,
    Set<String> scopes,
    boolean exact,
    long asked,
    List<String> ids,
    Map<String, String> kept,
    Map<State, Integer> counts) {
  /** What an entry is to the run. */
  public enum State {
    /** Legacy: taken. */
    LEGACY(true),
    /** Looks upgraded and probably never was: taken where that was asked for. */
    POSSIBLY_LEGACY(true),
    /** Fell back or failed before: taken by a retry. */
    RETRYABLE(true),
    /** Taken without a call: its answer is known, or its write was begun. */
    ANSWERED(true),
    /** Upgraded already: left out. */
    UPGRADED(false),
    /** Kept by the plugin's corpus indexer: left out. */
    CORPUS(false),
    /** Outside the scopes: left out. */
    OTHER_SCOPE(false),
    /** Not there any more: left out. */
    GONE(false);

    private final boolean taken;

    State(boolean taken) {
      this.taken = taken;
    }

    /** Whether the run takes entries that are in this state. */
    public boolean isTaken() {
      return taken;
    }
  }

  /** Copies the collections. */
  public PlannedRun {
    scopes = Set.copyOf(scopes);
    ids = IdList.copyOf(ids);
    kept = Map.copyOf(kept);
    counts = Map.copyOf(counts);
  }

  /** How many entries it takes. */
  public int size() {
    return ids.size();
  }

  /** Whether there is nothing for it to do. */
  public boolean isEmpty() {
    return ids.isEmpty();
  }

  /** How many entries were asked for and are left out. */
  public long leftOut() {
    return asked - ids.size();
  }

  /** How many entries are in this state. */
  public int count(State state) {
    return counts.getOrDefault(state, 0);
  }
}
