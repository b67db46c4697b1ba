package dev.memoryconsole.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.pace.BatchPace;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The shapes of the JSON output. */
public final class Json {
  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A document on one line. */
  public static String line(JsonNode node) {
    return MetadataJson.write(node);
  }

  /** An enum's value as programs read it: in small letters. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A memory as it is stored, and where it stands. */
  public static ObjectNode entry(MemoryEntry entry) {
    ObjectNode node =
        object()
            .put("id", entry.id())
            .put("text", entry.text())
            .put("category", entry.category())
            .put("scope", entry.scope())
            .put("importance", entry.importance())
            .put("timestamp", entry.timestamp())
            .put("metadata", entry.metadata())
            .put("version", entry.version())
            .put("state", word(LegacyRule.stateOf(entry)));
    return entry.flaw() == null ? node : node.put("unwritable", Wording.ENGLISH.of(entry.flaw()));
  }

  /** A snapshot, with its run if it was taken before one. */
  public static ObjectNode snapshot(Snapshot snapshot) {
    ObjectNode node =
        object()
            .put("snapshot", snapshot.name())
            .put("taken_at", snapshot.takenAt().toEpochMilli())
            .put("cause", word(snapshot.cause()));
    if (snapshot.cause() == Snapshot.Cause.RUN) {
      node.put("run", snapshot.run());
    }
    return node.put("bytes", snapshot.bytes())
        .put("file", snapshot.file().toString())
        .put("kept", snapshot.kept());
  }

  /** What a run did with the lock; times in milliseconds. */
  public static ObjectNode lock(LockSummary lock) {
    ObjectNode node = object().put("acquisitions", lock.acquisitions());
    node.set("wait_ms", quantiles(lock.waits()));
    node.set("hold_ms", quantiles(lock.holds()));
    return node;
  }

  /** How large batches were at the end, and why; the bound is null where there are none. */
  public static ObjectNode pace(BatchPace pace) {
    ObjectNode node = object().put("rows", pace.rows());
    if (pace.maxHoldMillis() > 0) {
      node.put("max_hold_ms", pace.maxHoldMillis());
    } else {
      node.putNull("max_hold_ms");
    }
    return node.put("reason", word(pace.reason()));
  }

  /** What a model was used for; the cost in US dollars, null if its price is not known. */
  public static ObjectNode usage(ModelUsage usage) {
    return object()
        .put("calls", usage.calls())
        .put("retries", usage.retries())
        .put("input_tokens", usage.inputTokens())
        .put("output_tokens", usage.outputTokens())
        .put("cost", usage.cost());
  }

  /** Times in milliseconds, as fine as microseconds. */
  public static ObjectNode quantiles(LockSummary.Quantiles quantiles) {
    return object()
        .put("p50", round(quantiles.p50()))
        .put("p99", round(quantiles.p99()))
        .put("max", round(quantiles.max()));
  }

  /** Microseconds are as fine as it gets. */
  private static double round(double millis) {
    return Math.round(millis * 1000) / 1000.0;
  }

  /** The counts of a run under their fixed names. */
  public static void counts(ObjectNode node, ToIntFunction<EntryState> count) {
    node.put("upgraded", count.applyAsInt(EntryState.UPGRADED))
        .put("fallback", count.applyAsInt(EntryState.FALLBACK))
        .put("skipped", count.applyAsInt(EntryState.SKIPPED))
        .put("stale", count.applyAsInt(EntryState.STALE))
        .put("failed", count.applyAsInt(EntryState.FAILED))
        .put("cancelled", count.applyAsInt(EntryState.CANCELLED));
  }

  /** What became of an entry in a run. */
  public static ObjectNode entry(EntryRecord entry) {
    return object()
        .put("run", entry.run())
        .put("id", entry.id())
        .put("text", entry.title())
        .put("state", word(entry.state()))
        .put("reason", entry.reason())
        .put("attempt", entry.attempt())
        .put("reapplied", entry.reapplied())
        .put("ms", entry.millis());
  }

  /** What changed in metadata, key by key. */
  public static ArrayNode diff(List<KeyDiff> diff) {
    ArrayNode keys = JsonNodeFactory.instance.arrayNode();
    for (KeyDiff key : diff) {
      ObjectNode node = keys.addObject().put("key", key.label()).put("kind", word(key.kind()));
      putJson(node, "seen", key.seen());
      putJson(node, "before", key.before());
      putJson(node, "written", key.written());
      putJson(node, "now", key.now());
    }
    return keys;
  }

  private static void putJson(
      ObjectNode node, String name, @org.jspecify.annotations.Nullable String json) {
    if (json != null) {
      node.set(name, MetadataJson.objectOrEmpty("{\"v\":" + json + "}").path("v"));
    }
  }
}
