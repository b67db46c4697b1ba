package dev.memoryconsole.ui.entries.details;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.ui.common.text.JsonText;
import dev.memoryconsole.ui.common.text.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of the metadata with its name.
 *
 * @param name the key, or the place in a list, counted from 1
 * @param json the value as it is stored
 * @param text the value for people; of an object or a list how many it has, see {@code children}
 * @param time the moment that the value is, milliseconds or seconds since 1970; null if it is none
 * @param parts what is in an object or a list; null for any other value
 */
public record MetadataLine(
    String name,
    String json,
    String text,
    @Nullable Long time,
    @Nullable List<MetadataLine> parts) {

  /** The lines of metadata; empty if it is no JSON object. */
  public static Optional<List<MetadataLine>> of(@Nullable String metadata) {
    return MetadataJson.object(metadata).map(MetadataLine::parts);
  }

  private static List<MetadataLine> parts(ObjectNode object) {
    List<MetadataLine> lines = new ArrayList<>(object.size());
    object.properties().forEach(one -> lines.add(line(one.getKey(), one.getKey(), one.getValue())));
    return List.copyOf(lines);
  }

  private static MetadataLine line(String name, String key, JsonNode node) {
    String json = MetadataJson.write(node);
    List<MetadataLine> parts = null;
    if (node instanceof ObjectNode object) {
      parts = parts(object);
    } else if (node.isArray()) {
      List<MetadataLine> elements = new ArrayList<>(node.size());
      node.forEach(one -> elements.add(line(Integer.toString(elements.size() + 1), key, one)));
      parts = List.copyOf(elements);
    }
    return new MetadataLine(name, json, JsonText.value(json), Moments.of(key, node), parts);
  }
}
