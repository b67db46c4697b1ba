package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.figures.LockTally;
import java.util.List;

/** What this process knows since it opened the store. */
record MetricsLog(LockMetrics metrics) implements LockLog {
  private static final long MICROS_PER_MILLI = 1_000;

  @Override
  public boolean isRecording() {
    return metrics.isOn();
  }

  @Override
  public LockLive live() {
    return metrics.live();
  }

  @Override
  public LockReading reading(long fromMillis, long toMillis) {
    LockTally tally = new LockTally();
    for (LockAcquisition event : metrics.events(fromMillis, toMillis)) {
      if (event.endedAtMicros() < toMillis * MICROS_PER_MILLI) {
        tally.add(event);
      }
    }
    return new LockReading(fromMillis, toMillis, tally.figures());
  }

  @Override
  public List<LockAcquisition> events(long fromMillis, long toMillis, int limit) {
    List<LockAcquisition> events = metrics.events(fromMillis, toMillis);
    return List.copyOf(events.subList(Math.max(0, events.size() - limit), events.size()));
  }
}
