package dev.memoryconsole.ui.locks.chart;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Acquisitions for tests. */
final class LaneAcquisitions {
  private LaneAcquisitions() {}

  /** Of run 7; microseconds. */
  static LaneAcquisition ofRun(int batch, long acquired, long waited, long held) {
    return of(
        new LockHolder.OurRun(7, batch),
        new LockPurpose(LockPurpose.Kind.UPGRADE, 7, batch),
        acquired,
        waited,
        held,
        LockAcquisition.Outcome.RELEASED);
  }

  static LaneAcquisition of(
      LockHolder holder,
      LockPurpose purpose,
      long acquired,
      long waited,
      long held,
      LockAcquisition.Outcome outcome) {
    return LaneAcquisition.of(
        new LockAcquisition(
            holder, purpose, acquired, waited * 1_000, held * 1_000, 10, outcome, false));
  }

  /**
   * One holder after the other, as a lock has them, over about {@code micros} from {@code from}.
   */
  static List<LaneAcquisition> busy(int count, long from, long micros, RandomGenerator random) {
    List<LaneAcquisition> holds = new ArrayList<>(count);
    long each = micros / count;
    long at = from;
    for (int i = 0; i < count; i++) {
      long held = 1 + (long) (each * random.nextDouble() * 0.6);
      long waited = random.nextInt(4) == 0 ? (long) (each * random.nextDouble()) : 20;
      LockHolder holder =
          switch (random.nextInt(8)) {
            case 0 -> new LockHolder.OurOperation(LockPurpose.Kind.IMPORT);
            case 1 -> new LockHolder.OtherConsole(4711);
            case 2, 3 -> new LockHolder.Foreign(812, "node");
            default -> new LockHolder.OurRun(7, i);
          };
      LockAcquisition.Outcome outcome =
          random.nextInt(2_000) == 0
              ? LockAcquisition.Outcome.TIMED_OUT
              : LockAcquisition.Outcome.RELEASED;
      holds.add(
          of(
              holder,
              LockPurpose.of(LockPurpose.Kind.OTHER),
              at + each - held,
              waited,
              outcome.wasHeld() ? held : 0,
              outcome));
      at += each;
    }
    return holds;
  }
}
