package dev.memoryconsole.journal.locks;

import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;

/** The name of a lane of a lock's history, as the journal keeps it. */
final class LockLane {
  /** All runs together: after a while they are not told apart any more. */
  static final String ALL_RUNS = "run:0";

  static final String RUNS = "run:";
  private static final String OPERATION = "op:";
  private static final String FOREIGN = "foreign:";

  private LockLane() {}

  static String of(LockHolder holder) {
    return switch (holder) {
      case LockHolder.OurRun ours -> RUNS + ours.run();
      case LockHolder.OurOperation operation -> OPERATION + operation.kind().name();
      case LockHolder.Foreign foreign -> FOREIGN + foreign.pid() + ":" + foreign.program();
      case LockHolder.OtherConsole other ->
          throw new IllegalArgumentException(
              "Process " + other.pid() + " writes its acquisitions by itself.");
    };
  }

  /**
   * Who that is.
   *
   * @param otherPid the process that wrote it, if it is alive and not this one; else 0
   * @param batch the batch of a run; 0 for all of them
   */
  static LockHolder holder(String lane, long otherPid, int batch) {
    if (lane.startsWith(FOREIGN)) {
      String[] parts = lane.split(":", 3);
      return new LockHolder.Foreign(Long.parseLong(parts[1]), parts[2]);
    }
    if (otherPid != 0) {
      return new LockHolder.OtherConsole(otherPid);
    }
    return lane.startsWith(RUNS)
        ? new LockHolder.OurRun(Long.parseLong(lane.substring(RUNS.length())), batch)
        : new LockHolder.OurOperation(LockPurpose.Kind.valueOf(lane.substring(OPERATION.length())));
  }
}
