package dev.memoryconsole.upgrade.interleaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One interleaving: some rows, the runs over them in turn, and what others do at which point of
 * which run.
 */
record Schedule(long seed, List<StartRow> rows, List<Action> actions) {

  /** A row before anything happens to it. */
  record StartRow(
      String text, @Nullable String category, @Nullable String scope, @Nullable String metadata) {}

  /** Where in a run others may do something. */
  enum Place {
    BEFORE_RUN,
    /** The run has read rows and not enriched them yet. */
    AFTER_READ,
    /** The model is at work. */
    ENRICHING,
    /** Everything is ready to be committed, the lock is not held yet. */
    BEFORE_LOCK,
    /** The engine asks for the lock at this instant: who gets it first is open. */
    AT_LOCK,
    /** The lock is held: whoever writes now waits, and writes first thing after the commit. */
    IN_LOCK,
    /** The batch is written, the engine does not know it yet. */
    AFTER_COMMIT,
    AFTER_RUN
  }

  /** What somebody else does to one row, or to the run. */
  enum Op {
    SET_KEY,
    COUNT,
    LIFECYCLE,
    REMOVE_OWN_KEY,
    REMOVE_ANY_KEY,
    READ_EARLY,
    WRITE_LATE,
    EDIT_TEXT,
    EDIT_TEXT_AND_BACK,
    DELETE,
    INSERT_NEW,
    INSERT_AS_IT_WAS,
    RESCOPE,
    RECATEGORISE,
    METADATA_NULL,
    METADATA_NO_JSON,
    METADATA_KEY_TWICE,
    DROP_UNPARSED,
    PLUGIN_UPGRADE,
    PLUGIN_LAYER,
    DOWNGRADE,
    OTHER_ENGINE,
    CANCEL,
    PAUSE,
    POISON,
    CURE
  }

  /**
   * A step of somebody else.
   *
   * @param count at the first, second, … time the run comes to that place
   * @param value makes its values unlike all others
   */
  record Step(Place place, int count, Op op, int row, int value) {
    @Override
    public String toString() {
      return "%s #%d: %s r%d (%d)".formatted(place, count, op, row, value);
    }
  }

  /** What the driver does. */
  enum Run {
    UPGRADE,
    RETRY,
    RESUME,
    UNDO
  }

  /**
   * A run and what happens meanwhile.
   *
   * @param engine 0 or 1: two programs that know nothing of each other
   * @param rows the chosen rows
   * @param failures which of its model calls fail, counted from 1
   * @param leave whether a failed call leaves the row as it is
   * @param swap whether rows are written by compare-and-swap
   */
  record Action(
      Run run,
      int engine,
      List<Integer> rows,
      Set<String> scopes,
      int batchSize,
      int concurrency,
      Set<Integer> failures,
      boolean leave,
      boolean swap,
      List<Step> steps) {
    Action without(Step step) {
      List<Step> fewer = new ArrayList<>(steps);
      fewer.remove(step);
      return new Action(
          run,
          engine,
          rows,
          scopes,
          batchSize,
          concurrency,
          failures,
          leave,
          swap,
          List.copyOf(fewer));
    }
  }

  /** All schedules with one step or one run less. */
  List<Schedule> smaller() {
    List<Schedule> smaller = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      if (actions.size() > 1) {
        List<Action> fewer = new ArrayList<>(actions);
        fewer.remove(i);
        smaller.add(new Schedule(seed, rows, List.copyOf(fewer)));
      }
      for (Step step : actions.get(i).steps()) {
        List<Action> changed = new ArrayList<>(actions);
        changed.set(i, actions.get(i).without(step));
        smaller.add(new Schedule(seed, rows, List.copyOf(changed)));
      }
    }
    return smaller;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed " + seed + "\n");
    for (int i = 0; i < rows.size(); i++) {
      text.append("  r").append(i).append(" = ").append(rows.get(i)).append('\n');
    }
    for (Action action : actions) {
      text.append(
          "  %s by engine %d of %s, scopes %s, batches of %d, %d at once, failures %s%s%s%n"
              .formatted(
                  action.run(),
                  action.engine(),
                  action.rows(),
                  action.scopes(),
                  action.batchSize(),
                  action.concurrency(),
                  action.failures(),
                  action.leave() ? ", leave" : "",
                  action.swap() ? ", by swaps" : ""));
      action.steps().forEach(step -> text.append("    ").append(step).append('\n'));
    }
    return text.toString();
  }
}
