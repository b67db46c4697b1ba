package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Under which names other tools keep a memory's fields. */
final class Fields {
  static final List<String> TEXT =
      List.of("text", "memory", "content", "fact", "value", "payload.data", "page_content");
  static final List<String> ID = List.of("id", "uuid", "memory_id", "_id", "key");
  static final List<String> TIME =
      List.of(
          "timestamp",
          "created_at",
          "createdAt",
          "created_timestamp",
          "create_time",
          "created",
          "date",
          "payload.created_at",
          "updated_at",
          "updatedAt",
          "last_updated");
  static final List<String> CATEGORY =
      List.of("category", "categories", "type", "topic", "metadata.category");
  static final List<String> SCOPE =
      List.of(
          "scope",
          "user_id",
          "userId",
          "agent_id",
          "agentId",
          "project",
          "namespace",
          "payload.user_id");

  private Fields() {}

  /** Whether an object looks like a memory: it has a text under one of the usual names. */
  static boolean isMemory(JsonNode value) {
    JsonNode text = first(value, TEXT);
    return value.has(ClaudeMemories.CONVERSATIONS)
        || value.has(ClaudeMemories.PROJECTS)
        || (text != null && (text.isTextual() || text.isArray()));
  }

  /** Whether a time or a scope stands under a name that the plugin doesn't use. */
  static boolean hasOthersNames(JsonNode value) {
    return Stream.concat(TIME.stream(), SCOPE.stream())
        .filter(name -> !name.equals("timestamp") && !name.equals("scope"))
        .anyMatch(name -> at(value, name) != null);
  }

  /** The first of these that is there and not null; dots lead into objects. */
  static @Nullable JsonNode first(JsonNode value, List<String> names) {
    for (String name : names) {
      JsonNode found = at(value, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** A field by its name, or by the names on the way to it. */
  static @Nullable JsonNode at(JsonNode value, String name) {
    JsonNode found = value.get(name);
    if (found == null && name.indexOf('.') > 0) {
      int dot = name.indexOf('.');
      JsonNode parent = value.get(name.substring(0, dot));
      found = parent == null ? null : at(parent, name.substring(dot + 1));
    }
    return found == null || found.isNull() ? null : found;
  }
}
