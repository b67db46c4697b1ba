package dev.memoryconsole.cli.command.lock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.exchange.form.WaitJson;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.LockWaits;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.message.Wording;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON shapes of a lock, its holder and its record. */
final class LockJson {
  private static final double NANOS_PER_MILLI = 1_000_000;

  private LockJson() {}

  /** The lanes by their names. */
  static Map<LockHolder, LockFigures> sorted(LockReading reading) {
    Map<LockHolder, LockFigures> sorted = new TreeMap<>(Comparator.comparing(LockText::holder));
    sorted.putAll(reading.lanes());
    return sorted;
  }

  static ObjectNode reading(LockReading reading) {
    ObjectNode node = Json.object().put("from", reading.fromMillis()).put("to", reading.toMillis());
    figures(node, reading, reading.consoles());
    ObjectNode foreign = node.putObject("foreign");
    LockFigures others = reading.foreign();
    foreign
        .put("holds_seen", others.seen())
        .put("writes_seen", others.commitsSeen())
        .put("held_share", reading.heldShare(others));
    ArrayNode holders = node.putArray("holders");
    sorted(reading)
        .forEach(
            (holder, figures) -> {
              ObjectNode one = who(holders.addObject(), holder);
              figures(one, reading, figures);
              one.put("holds_seen", figures.seen()).put("writes_seen", figures.commitsSeen());
            });
    return node;
  }

  private static void figures(ObjectNode node, LockReading reading, LockFigures figures) {
    node.put("acquisitions", figures.acquisitions())
        .put("per_second", reading.perSecond(figures))
        .put("contended", figures.contended())
        .put("contended_share", figures.contendedShare())
        .put("timed_out", figures.timedOut())
        .put("rows", figures.rows())
        .put("held_share", reading.heldShare(figures));
    node.set("wait_ms", Json.quantiles(figures.waits().quantiles()));
    node.set("hold_ms", Json.quantiles(figures.holds().quantiles()));
  }

  private static ObjectNode who(ObjectNode node, LockHolder holder) {
    return switch (holder) {
      case LockHolder.OurRun(long run, int _) -> node.put("holder", "run").put("run", run);
      case LockHolder.OurOperation(var kind) ->
          node.put("holder", "operation").put("operation", Json.word(kind));
      case LockHolder.OtherConsole(long pid) -> node.put("holder", "console").put("pid", pid);
      case LockHolder.Foreign(long pid, String program) ->
          node.put("holder", "foreign").put("pid", pid).put("program", program);
    };
  }

  static ObjectNode owner(LockOwner owner) {
    return who(Json.object(), owner.holder()).put("user", owner.user());
  }

  static ObjectNode event(LockAcquisition event) {
    return who(Json.object(), event.holder())
        .put("acquired_us", event.acquiredAtMicros())
        .put("wait_ms", event.waitNanos() / NANOS_PER_MILLI)
        .put("hold_ms", event.holdNanos() / NANOS_PER_MILLI)
        .put("rows", event.rows())
        .put("outcome", Json.word(event.outcome()))
        .put("observed", event.observed())
        .put("operation", Json.word(event.purpose().kind()))
        .put("run", event.purpose().run())
        .put("batch", event.purpose().batch());
  }

  /** How the holder is doing. */
  static ObjectNode condition(LockCondition condition) {
    Duration lease = condition.lease();
    ObjectNode node =
        Json.object()
            .put("held_ms", condition.heldFor().toMillis())
            .put("silence_ms", condition.silence().toMillis())
            .put("stale_ms", condition.stale().toMillis());
    if (!condition.holder().isEmpty()) {
      node.put("holder", Wording.ENGLISH.of(condition.holder()));
      if (lease == null) {
        node.putNull("lease_ms");
      } else {
        node.put("lease_ms", lease.toMillis());
      }
    }
    return node;
  }

  /** Who waits for whom, and who was seen waiting before. */
  static void waits(ObjectNode document, LockWaits now, List<SeenWait> seen) {
    ArrayNode waiting = document.putArray("waits");
    now.all().forEach(wait -> waiting.add(WaitJson.of(wait)));
    if (now.hiddenFrom().isEmpty()) {
      document.putNull("hidden_from");
    } else {
      document.put("hidden_from", now.hiddenFrom());
    }
    ArrayNode waited = document.putArray("waits_seen");
    seen.forEach(wait -> waited.add(WaitJson.of(wait)));
  }
}
