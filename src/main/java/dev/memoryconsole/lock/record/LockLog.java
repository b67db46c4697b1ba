package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.figures.LockReading;
import java.util.List;

/**
 * What is known about a store's lock, now and in the past, for the eyes of an admin. Safe for use
 * by many threads. {@link #isRecording} and {@link #live} are quick; the others may read the disk.
 */
public interface LockLog {
  /** Whether acquisitions of this process are recorded now. */
  boolean isRecording();

  /** Who waits and who holds right now. */
  LockLive live();

  /** Whether the store's server tells who waits for whom. Quick. */
  boolean tellsWaits();

  /** Who waits for whom right now. Asks the server, where it tells: some seconds at most. */
  WaitRecord.Now lookForWaits();

  /**
   * Who was seen waiting for whom in a range of time, the oldest first, the latest {@code limit}.
   *
   * @param fromMillis milliseconds since 1970
   * @param toMillis exclusive
   */
  List<SeenWait> waits(long fromMillis, long toMillis, int limit);

  /**
   * The figures of a range of time, by the ends of the acquisitions.
   *
   * @param fromMillis milliseconds since 1970
   * @param toMillis exclusive
   * @return the figures; its range begins earlier if the record of that time is coarser
   */
  LockReading reading(long fromMillis, long toMillis);

  /**
   * The single acquisitions that were going on in a range of time, the oldest first, the latest
   * {@code limit} of them. Old ones are kept as figures only.
   *
   * @param fromMillis milliseconds since 1970
   * @param toMillis exclusive
   */
  List<LockAcquisition> events(long fromMillis, long toMillis, int limit);
}
