package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at a lock file without taking part in the queue for it, and removes it for an admin whose
 * store is stuck. Thread-safe.
 */
public final class LockfileInspection implements LockInspection {

  private static final long LOOK_MILLIS = 50;

  private final LockDirectory directory;
  private final Clock clock;
  private final LockfileTiming timing;
  // Guarded by this: goes on from one look to the next.
  private final LifeSigns signs;

  /**
   * Looks at the lock named after a file, with the times that all who share it use.
   *
   * @param target need not be there
   */
  public LockfileInspection(Path target, Clock clock, LockfileTiming timing) {
    this.directory = new LockDirectory(Path.of(real(target) + ".lock"), clock);
    this.clock = clock;
    this.timing = timing;
    this.signs = new LifeSigns(timing, clock);
  }

  // As its holders do: through a link they mean the same lock.
  private static Path real(Path target) {
    try {
      return target.toRealPath();
    } catch (IOException notThere) {
      return target.toAbsolutePath().normalize();
    }
  }

  /** The directory that is there while the lock is held. */
  public Path directory() {
    return directory.path();
  }

  @Override
  public synchronized Optional<LockCondition> condition() {
    Sighting seen = directory.look();
    if (seen == null) {
      return Optional.empty();
    }
    signs.saw(seen);
    return Optional.of(signs.condition(seen));
  }

  @Override
  public LockOwner owner() {
    return OwnerFinder.of(directory());
  }

  @Override
  public LockCondition breakIt(Consumer<LockAcquisition> record) throws InterruptedException {
    LifeSigns watching = new LifeSigns(timing, clock);
    Sighting first = held();
    Sighting seen = first;
    watching.saw(seen);
    while (!watching.isAbandoned()) {
      if (!seen.equals(first) || isTooYoung(watching, seen)) {
        throw alive(watching, seen);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      seen = held();
      watching.saw(seen);
    }
    LockCondition condition = watching.condition(seen);
    // Somebody may have taken it over since: a second look right before makes that gap small.
    if (!seen.equals(directory.look())) {
      throw alive(watching, seen);
    }
    directory.remove();
    record.accept(LockAcquisition.broken(clock.instant(), condition.heldFor()));
    return condition;
  }

  private Sighting held() {
    Sighting seen = directory.look();
    if (seen == null) {
      throw new LockException(LockCode.NOBODY_HOLDS.with(directory.lock()));
    }
    return seen;
  }

  /** A sign of life that is dated lately needs no watching: it is believed. */
  private boolean isTooYoung(LifeSigns watching, Sighting seen) {
    return !watching.ahead(seen).isPositive()
        && watching.silence(seen).compareTo(LifeSigns.stale(seen, timing)) <= 0;
  }

  private LockException alive(LifeSigns watching, Sighting seen) {
    return new LockException(
        LockCode.ALIVE.with(
            directory.lock(),
            watching.heldFor(seen).toSeconds(),
            owner().message(),
            watching.silence(seen).toSeconds()));
  }
}
