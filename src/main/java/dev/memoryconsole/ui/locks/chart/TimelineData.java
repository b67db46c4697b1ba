package dev.memoryconsole.ui.locks.chart;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the timeline draws: the acquisitions of each lane. User interface's thread only. */
final class TimelineData {
  /** The most it keeps; about 60 MB with the records themselves. */
  static final int MOST = 400_000;

  private final Map<Lane, LaneSeries> lanes = new EnumMap<>(Lane.class);
  private int size;

  TimelineData() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new LaneSeries());
    }
  }

  LaneSeries of(Lane lane) {
    LaneSeries series = lanes.get(lane);
    if (series == null) {
      throw new IllegalStateException("No lane " + lane);
    }
    return series;
  }

  int size() {
    return size;
  }

  /** Adds what is new; drops the earlier half of what it has if that is too much. */
  void add(List<LaneAcquisition> fresh) {
    for (LaneAcquisition hold : fresh) {
      of(hold.lane()).add(hold);
    }
    size += fresh.size();
    if (size > MOST) {
      size = 0;
      for (LaneSeries series : lanes.values()) {
        series.dropFirst(series.size() / 2);
        size += series.size();
      }
    }
  }

  void clear() {
    lanes.values().forEach(LaneSeries::clear);
    size = 0;
  }

  /** The hold before or after another in all lanes by the time of acquisition; null at the end. */
  @Nullable LaneAcquisition beside(@Nullable LaneAcquisition hold, long otherwise, boolean later) {
    long from = hold == null ? otherwise : hold.acquired();
    LaneAcquisition best = null;
    for (LaneSeries series : lanes.values()) {
      LaneAcquisition found = later ? after(series, from, hold) : before(series, from, hold);
      if (found != null
          && (best == null
              || (later
                  ? found.acquired() < best.acquired()
                  : found.acquired() > best.acquired()))) {
        best = found;
      }
    }
    return best;
  }

  /** The hold after this one of the same run; null if there is none yet. */
  @Nullable LaneAcquisition nextBatch(LaneAcquisition hold) {
    LaneSeries series = of(hold.lane());
    for (int i = series.firstAcquiredAfter(hold.acquired()); i < series.size(); i++) {
      if (series.at(i).event().purpose().run() == hold.event().purpose().run()) {
        return series.at(i);
      }
    }
    return null;
  }

  private static @Nullable LaneAcquisition after(
      LaneSeries series, long time, @Nullable LaneAcquisition not) {
    int index = series.firstAcquiredAfter(time);
    return index < series.size() && !series.at(index).equals(not) ? series.at(index) : null;
  }

  private static @Nullable LaneAcquisition before(
      LaneSeries series, long time, @Nullable LaneAcquisition not) {
    int index = series.firstAcquiredAfter(time - 1) - 1;
    return index >= 0 && !series.at(index).equals(not) ? series.at(index) : null;
  }
}
