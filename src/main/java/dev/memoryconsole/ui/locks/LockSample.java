package dev.memoryconsole.ui.locks;

import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.ui.locks.chart.LaneAcquisition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the lock's record found.
 *
 * @param recording whether acquisitions are recorded at all
 * @param live who waits, who holds
 * @param condition its holder's signs of life; null if nobody holds it or the lock has none
 * @param holds what ended since the look before; everything if {@code anew}
 * @param anew whether what the screen has is to be forgotten first
 * @param reading the figures; null if it was not time yet to read them
 * @param around a run and the time beside it; null if none is chosen or it was not time yet
 */
record LockSample(
    boolean recording,
    LockLive live,
    @Nullable LockCondition condition,
    List<LaneAcquisition> holds,
    boolean anew,
    @Nullable LockReading reading,
    @Nullable RunSurroundings around) {}
