package dev.memoryconsole.lock;

import dev.memoryconsole.lock.LockArtifact.Sighting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks at a lock file without taking part in the queue for it, and removes it for an admin whose
 * store is stuck. Thread-safe.
 */
public final class StuckLock {
  private static final long NANOS_PER_MICRO = 1_000;

  private final LockArtifact artifact;
  private final Clock clock;
  private final LockTiming timing;

  /**
   * Of the lock named after a file, with the times that all who share it use.
   *
   * @param target need not be there
   */
  public StuckLock(Path target, Clock clock, LockTiming timing) {
    this.artifact = new LockArtifact(Path.of(real(target) + ".lock"), clock);
    this.clock = clock;
    this.timing = timing;
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
    return artifact.directory();
  }

  /**
   * How its holder is doing; empty if nobody holds it.
   *
   * @throws LockException if that can't be told
   */
  public Optional<LockCondition> condition() {
    Sighting seen = artifact.look();
    return seen == null ? Optional.empty() : Optional.of(condition(seen));
  }

  private LockCondition condition(Sighting seen) {
    Instant now = clock.instant();
    Duration held = Duration.between(seen.born(), now);
    return new LockCondition(
        held.isNegative() ? Duration.ZERO : held, seen.silence(now), timing.stale());
  }

  /**
   * Removes it, if its holder has given no sign of life for too long, and records that. A holder
   * that only stood still notices before its next commit and gives that up.
   *
   * @return what it was like
   * @throws LockException if nobody holds it, its holder is alive, or it can't be removed; nothing
   *     was changed
   */
  public LockCondition breakIt(LockMetrics metrics) {
    Sighting seen = artifact.look();
    if (seen == null) {
      throw new LockException(
          "Nobody holds the lock %s; nothing was changed.".formatted(directory()));
    }
    LockCondition condition = condition(seen);
    // Somebody may have taken it over since: a second look right before makes that gap small.
    if (!condition.isAbandoned() || !seen.equals(artifact.look())) {
      throw new LockException(
          "The lock %s has been held for %d s and its holder gave a sign of life %d s ago, so it is alive; nothing was changed, wait for it or end that program."
              .formatted(
                  directory(), condition.heldFor().toSeconds(), condition.silence().toSeconds()));
    }
    artifact.remove();
    long held = condition.heldFor().toNanos();
    metrics.record(
        new LockEvent(
            LockHolder.Foreign.UNKNOWN,
            LockPurpose.of(LockPurpose.Kind.OTHER),
            LockMetrics.microsOf(clock.instant()) - held / NANOS_PER_MICRO,
            0,
            held,
            0,
            LockEvent.Outcome.BROKEN,
            true));
    return condition;
  }
}
