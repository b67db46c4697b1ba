package dev.memoryconsole.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.MetadataJson;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of metadata as a JSON Patch (RFC 6902): {@code add}, {@code replace} and {@code remove}.
 * Objects are compared key by key, a list that differs is replaced. Metadata that is missing or no
 * object counts as the empty object, here as elsewhere.
 */
public final class JsonPatch {
  private JsonPatch() {}

  /** What makes of the metadata that a run found the metadata as it is now; no columns. */
  public static ArrayNode of(List<KeyDiff> keys) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    for (KeyDiff key : keys) {
      if (!key.column()) {
        compare(patch, "/" + token(key.key()), read(key.seen()), read(key.now()));
      }
    }
    return patch;
  }

  private static @Nullable JsonNode read(@Nullable String json) {
    return json == null ? null : MetadataJson.objectOrEmpty("{\"v\":" + json + "}").get("v");
  }

  private static void compare(
      ArrayNode patch, String path, @Nullable JsonNode from, @Nullable JsonNode to) {
    if (to == null) {
      if (from != null) {
        patch.addObject().put("op", "remove").put("path", path);
      }
    } else if (from == null) {
      patch.addObject().put("op", "add").put("path", path).set("value", to);
    } else if (from instanceof ObjectNode old && to instanceof ObjectNode current) {
      Set<String> names = new LinkedHashSet<>();
      addAll(names, old.fieldNames());
      addAll(names, current.fieldNames());
      for (String name : names) {
        compare(patch, path + "/" + token(name), old.get(name), current.get(name));
      }
    } else if (!from.equals(to)) {
      patch.addObject().put("op", "replace").put("path", path).set("value", to);
    }
  }

  private static void addAll(Set<String> names, Iterator<String> more) {
    more.forEachRemaining(names::add);
  }

  /** A name as JSON Pointer (RFC 6901) has it. */
  private static String token(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
