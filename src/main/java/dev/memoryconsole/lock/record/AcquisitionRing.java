package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The latest events, a fixed number of them. Writers and readers take no lock and wait for nobody;
 * a reader that is less than the ring's size behind sees every event once.
 *
 * <p>Safe for use by many threads.
 */
final class AcquisitionRing {
  private final AtomicReferenceArray<@Nullable Slot> slots;
  private final int mask;
  private final AtomicLong next = new AtomicLong();

  private record Slot(long sequence, LockAcquisition event) {}

  /** What a reader got to: where to go on, and how many were overwritten before it came. */
  record Progress(long next, long lost) {}

  /** With room for {@code size} events, a power of two. */
  AcquisitionRing(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("The size must be a power of two, not " + size + ".");
    }
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
  }

  void add(LockAcquisition event) {
    Slot slot = new Slot(next.getAndIncrement(), event);
    int index = (int) slot.sequence() & mask;
    Slot there;
    do {
      there = slots.get(index);
      // A writer that was put to sleep for a whole turn of the ring must not hide a later event.
    } while ((there == null || there.sequence() < slot.sequence())
        && !slots.compareAndSet(index, there, slot));
  }

  /** The number the next event will have: how many there have been. */
  long end() {
    return next.get();
  }

  /** The number of the oldest event that may still be there. */
  long oldest() {
    return Math.max(0, next.get() - slots.length());
  }

  /**
   * Hands out the events from number {@code from} on, in order, up to the first that is not quite
   * there yet.
   */
  Progress read(long from, Consumer<LockAcquisition> reader) {
    long position = from;
    long lost = 0;
    long end = next.get();
    while (position < end) {
      Slot slot = slots.get((int) position & mask);
      if (slot == null || slot.sequence() < position) {
        // Its writer has its number, but has not put it down yet.
        break;
      }
      if (slot.sequence() == position) {
        reader.accept(slot.event());
      } else {
        lost++;
      }
      position++;
    }
    return new Progress(position, lost);
  }

  /** The event with this number; null if it is overwritten or not quite there yet. */
  @Nullable LockAcquisition at(long sequence) {
    Slot slot = slots.get((int) sequence & mask);
    return slot != null && slot.sequence() == sequence ? slot.event() : null;
  }
}
