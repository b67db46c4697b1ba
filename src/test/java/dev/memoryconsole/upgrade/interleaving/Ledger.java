package dev.memoryconsole.upgrade.interleaving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the agents themselves remember of their acknowledged writes to the keys that no engine may
 * touch. It never looks into the store.
 */
final class Ledger {
  private static final class Memory {
    final Map<String, JsonNode> keys = new TreeMap<>();
    @Nullable String noObject;
  }

  private final Map<String, Memory> rows = new HashMap<>();

  /** An agent wrote a row's whole metadata. */
  void replaced(String id, @Nullable String metadata) {
    Memory memory = new Memory();
    Map<String, JsonNode> object = Json.object(metadata);
    if (object != null) {
      object.forEach((key, value) -> remember(memory, key, value));
      JsonNode kept = object.get(Oracle.UNPARSED);
      memory.noObject = kept == null ? null : kept.asText();
    } else if (metadata != null && !metadata.isEmpty()) {
      memory.noObject = metadata;
    }
    rows.put(id, memory);
  }

  /** An agent set a key, or removed it (null), and left the others alone. */
  void changed(String id, String key, @Nullable JsonNode value) {
    // Not there if an upgrader brought the row back; that is the oracle's to say.
    Memory memory = rows.computeIfAbsent(id, row -> new Memory());
    if (value == null) {
      memory.keys.remove(key);
      if (key.equals(Oracle.UNPARSED)) {
        memory.noObject = null;
      }
    } else {
      remember(memory, key, value);
    }
  }

  private static void remember(Memory memory, String key, JsonNode value) {
    if (!Oracle.ENGINE_KEYS.contains(key)) {
      memory.keys.put(key, value);
    }
  }

  void deleted(String id) {
    rows.remove(id);
  }

  /** What is wrong with a row, in the end; null if nothing is. */
  @Nullable Violation check(String id, @Nullable String metadata) {
    Memory memory = rows.get(id);
    if (memory == null) {
      return new Violation(Violation.Kind.RESURRECTED, id + " is there although it was deleted");
    }
    Map<String, JsonNode> now = Json.objectOrEmpty(metadata);
    for (Map.Entry<String, JsonNode> key : memory.keys.entrySet()) {
      if (!Json.same(key.getValue(), now.get(key.getKey()))) {
        return new Violation(
            Violation.Kind.LOST,
            "%s: an agent wrote %s, the row has %s".formatted(id, key, now.get(key.getKey())));
      }
    }
    for (String key : now.keySet()) {
      if (!Oracle.ENGINE_KEYS.contains(key) && !memory.keys.containsKey(key)) {
        return new Violation(
            Violation.Kind.RESURRECTED, "%s: %s is there again".formatted(id, key));
      }
    }
    String raw = memory.noObject;
    JsonNode kept = now.get(Oracle.UNPARSED);
    if (raw != null && !raw.equals(metadata) && (kept == null || !raw.equals(kept.asText()))) {
      return new Violation(Violation.Kind.LOST, id + ": what was no JSON object is gone: " + raw);
    }
    if (raw == null && metadata != null && !metadata.isEmpty() && Json.object(metadata) == null) {
      return new Violation(
          Violation.Kind.RESURRECTED, id + " is no JSON object again: " + metadata);
    }
    return null;
  }

  boolean isThere(String id) {
    return rows.containsKey(id);
  }
}
