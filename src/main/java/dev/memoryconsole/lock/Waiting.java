package dev.memoryconsole.lock;

import dev.memoryconsole.lock.LockArtifact.Sighting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody who waits for the lock sees of its holders. For use by one thread. */
final class Waiting {
  private static final String SAFE =
      "; nothing was changed, wait for that program or close it and try again.";

  private final Clock clock;
  private @Nullable Sighting last;
  private Instant since = Instant.MAX;
  private int holders;

  Waiting(Clock clock) {
    this.clock = clock;
  }

  /** Notes that it is held. */
  void saw(Sighting seen) {
    Sighting before = last;
    if (before == null || !before.isSameHold(seen)) {
      holders++;
      since = seen.born();
    }
    last = seen;
  }

  /** Why it could not be had. */
  String behindOthers(Path directory, Duration patience) {
    Sighting seen = last;
    if (seen == null || holders > 1) {
      return "The lock %s could not be had within %s because other programs hold it in turn%s"
          .formatted(directory, seconds(patience), SAFE);
    }
    Instant now = clock.instant();
    Duration held = Duration.between(since, now);
    return "The lock %s is held by another program: held for at least %s, last sign of life %s ago%s"
        .formatted(
            directory,
            seconds(held.isNegative() ? Duration.ZERO : held),
            seconds(seen.silence(now)),
            SAFE);
  }

  /** Why not even our turn came. */
  static String behindOurselves(Path directory, Duration patience) {
    return "The lock %s could not be had within %s because this program itself uses it; nothing was changed, wait for that to end and try again."
        .formatted(directory, seconds(patience));
  }

  private static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1_000 ? millis + " ms" : millis / 1_000 + " s";
  }
}
