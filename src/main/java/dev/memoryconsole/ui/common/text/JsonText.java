package dev.memoryconsole.ui.common.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.memoryconsole.memory.MetadataJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON for people's eyes. */
public final class JsonText {
  private JsonText() {}

  /** Indented, every number and escape as it is stored; metadata that is no object stays as is. */
  public static String pretty(@Nullable String metadata) {
    Optional<ObjectNode> object = MetadataJson.object(metadata);
    if (object.isEmpty()) {
      return metadata == null ? "" : metadata;
    }
    return indented(object.get());
  }

  /** Indented, every number and escape as it is stored. */
  public static String indented(JsonNode node) {
    StringBuilder out = new StringBuilder();
    append(out, node, 0);
    return out.toString();
  }

  /** One value: a string without its quotes and escapes, anything else as JSON. */
  public static String value(String json) {
    JsonNode node = MetadataJson.object("{\"v\":" + json + "}").map(o -> o.get("v")).orElse(null);
    return node != null && node.isTextual() && !node.textValue().isEmpty()
        ? node.textValue()
        : json;
  }

  private static void append(StringBuilder out, JsonNode node, int depth) {
    boolean object = node.isObject();
    if (!node.isContainerNode() || node.isEmpty()) {
      out.append(MetadataJson.write(node));
      return;
    }
    out.append(object ? "{" : "[");
    String separator = "\n";
    if (object) {
      for (var property : node.properties()) {
        out.append(separator).repeat("  ", depth + 1);
        out.append(MetadataJson.write(TextNode.valueOf(property.getKey()))).append(": ");
        append(out, property.getValue(), depth + 1);
        separator = ",\n";
      }
    } else {
      for (JsonNode element : node) {
        out.append(separator).repeat("  ", depth + 1);
        append(out, element, depth + 1);
        separator = ",\n";
      }
    }
    out.append('\n').repeat("  ", depth).append(object ? "}" : "]");
  }
}
