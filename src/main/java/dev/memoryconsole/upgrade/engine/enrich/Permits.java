package dev.memoryconsole.upgrade.engine.enrich;

import java.util.concurrent.Semaphore;

/** Places for work at once; how many there are may change at any time. Thread-safe. */
final class Permits extends Semaphore {
  private int limit;

  Permits(int limit) {
    super(limit);
    this.limit = limit;
  }

  /** Changes the number of places; those that are taken stay taken until they are free. */
  synchronized void limit(int places) {
    if (places > limit) {
      release(places - limit);
    } else {
      reducePermits(limit - places);
    }
    limit = places;
  }

  synchronized int limit() {
    return limit;
  }
}
