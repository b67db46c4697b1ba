package dev.memoryconsole.ui.common.table;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.memory.MemoryState;
import java.util.Locale;

/** Where something stands: always a shape and a word as well as a colour. */
public enum Badge {
  LEGACY,
  UPGRADED,
  FALLBACK,
  /** Looks upgraded and probably never was. */
  STAMPED,
  /** Kept in step with a file by the plugin's corpus indexer. */
  CORPUS,
  FAILED,
  STALE,
  SKIPPED,
  /** Fields were changed as the admin wanted it. */
  MENDED,
  /** The row was deleted as the admin wanted it. */
  DELETED,
  UNDONE,
  /** A run brought a snapshot back. */
  RESTORED,
  CANCELLED,
  /** Still without an outcome, though the run is over. */
  OPEN,
  /** Chosen for a run, and not begun. */
  WAITING,
  WORKING,
  PAUSED;

  /** The badge of a row in the store. */
  public static Badge of(MemoryState state) {
    return switch (state) {
      case LEGACY -> LEGACY;
      case UPGRADED -> UPGRADED;
      case FALLBACK -> FALLBACK;
      case CORPUS -> CORPUS;
    };
  }

  /** The badge of an entry of a run. */
  public static Badge of(EntryState state) {
    return switch (state) {
      case QUEUED -> WAITING;
      case ENRICHING, ENRICHED, COMMITTING -> WORKING;
      case UPGRADED -> UPGRADED;
      case FALLBACK -> FALLBACK;
      case STALE -> STALE;
      case MENDED -> MENDED;
      case DELETED -> DELETED;
      case UNDONE -> UNDONE;
      case SKIPPED -> SKIPPED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
    };
  }

  /**
   * The badge of an entry of a run.
   *
   * @param over whether the run is: nobody is at work on its entries then
   */
  public static Badge of(EntryState state, boolean over) {
    return over && !state.isOutcome() ? OPEN : of(state);
  }

  /** The badge of a run. */
  public static Badge of(RunKind kind, RunState state) {
    return switch (state) {
      case RUNNING -> WORKING;
      case PAUSED -> PAUSED;
      case COMPLETED ->
          switch (kind) {
            case UPGRADE, RETRY, STAMPED -> UPGRADED;
            case MEND -> MENDED;
            case UNDO -> UNDONE;
            case RESTORE -> RESTORED;
          };
      case CANCELLED -> CANCELLED;
      case INTERRUPTED -> FAILED;
    };
  }

  /** The key of an entry's word: one that had to be written again says so. */
  public static String key(EntryState state, int reapplied) {
    return key(state, reapplied, false);
  }

  /** The key of an entry's word in a run that may be over. */
  public static String key(EntryState state, int reapplied, boolean over) {
    return reapplied > 0 && state.isWritten() ? "state.reapplied" : of(state, over).key();
  }

  /** Its style class. */
  public String styleClass() {
    return "state-" + name().toLowerCase(Locale.ROOT);
  }

  /** The key of its word. */
  public String key() {
    return "state." + name().toLowerCase(Locale.ROOT);
  }
}
