package dev.memoryconsole.cli.command.lock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.lock.LockCondition;
import java.time.Duration;
import java.util.Locale;

/** How the holder of a lock is doing, for people and for programs. */
final class LockWords {
  private static final double MILLIS_PER_SECOND = 1_000;

  private LockWords() {}

  /** To follow "the lock is". */
  static String of(LockCondition condition) {
    Duration lease = condition.lease();
    if (!condition.holder().isEmpty()) {
      return "held by %s, %s, seen for %s without a sign of life, stale at %s"
          .formatted(
              condition.holder(),
              lease == null
                  ? "whose lease never ends"
                  : "whose lease ends in %s unless it renews it".formatted(seconds(lease)),
              seconds(condition.silence()),
              seconds(condition.stale()));
    }
    return condition.isAhead()
        ? "held for %s, last sign of life dated %s in the future and unchanged for %s, stale at %s"
            .formatted(
                seconds(condition.heldFor()),
                seconds(condition.ahead()),
                seconds(condition.silence()),
                seconds(condition.stale()))
        : "held for %s, last sign of life %s ago, stale at %s"
            .formatted(
                seconds(condition.heldFor()),
                seconds(condition.silence()),
                seconds(condition.stale()));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / MILLIS_PER_SECOND);
  }

  static ObjectNode json(LockCondition condition) {
    Duration lease = condition.lease();
    ObjectNode node =
        Json.object()
            .put("held_ms", condition.heldFor().toMillis())
            .put("silence_ms", condition.silence().toMillis())
            .put("stale_ms", condition.stale().toMillis());
    if (!condition.holder().isEmpty()) {
      node.put("holder", condition.holder());
      if (lease == null) {
        node.putNull("lease_ms");
      } else {
        node.put("lease_ms", lease.toMillis());
      }
    }
    return node;
  }
}
