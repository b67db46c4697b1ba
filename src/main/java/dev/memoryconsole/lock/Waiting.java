package dev.memoryconsole.lock;

import dev.memoryconsole.lock.LockArtifact.Sighting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What somebody who waits for the lock sees of its holders. For use by one thread. */
final class Waiting {
  private static final String SAFE =
      "; nothing was changed, wait for that program or close it and try again.";

  private final LifeSigns signs;
  private @Nullable Sighting last;
  private int holders;

  Waiting(LockTiming timing, Clock clock) {
    this.signs = new LifeSigns(timing, clock);
  }

  /** Notes that it is held. */
  void saw(Sighting seen) {
    Sighting before = last;
    if (before == null || !before.isSameHold(seen)) {
      holders++;
    }
    last = seen;
    signs.saw(seen);
  }

  /** Whether what was seen last counts as abandoned. */
  boolean isAbandoned() {
    return signs.isAbandoned();
  }

  /** Why it could not be had. */
  String behindOthers(Path directory, Duration patience) {
    Sighting seen = last;
    if (seen == null || holders > 1) {
      return "The lock %s could not be had within %s because other programs hold it in turn%s"
          .formatted(directory, seconds(patience), SAFE);
    }
    return "The lock %s is held by %s: held for at least %s, %s%s"
        .formatted(
            directory,
            ArtifactHolder.of(directory).words(),
            seconds(signs.heldFor(seen)),
            lastSign(seen),
            SAFE);
  }

  private String lastSign(Sighting seen) {
    Duration ahead = signs.ahead(seen);
    return ahead.isPositive()
        ? "last sign of life dated %s in the future and unchanged for %s"
            .formatted(seconds(ahead), seconds(signs.watched()))
        : "last sign of life %s ago".formatted(seconds(signs.silence(seen)));
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
