package dev.memoryconsole.enrich.llm.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.llm.failure.Excerpt;
import dev.memoryconsole.message.Message;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the wanted keys of an object, or of one within it. Confined to one search. */
final class Layers {
  private static final int DEEPEST = 6;

  private final List<String> wanted;
  private Message wrongType = Message.NONE;

  Layers(List<String> wanted) {
    this.wanted = wanted;
  }

  /** Why an object with the wanted keys was not taken; empty if there was none. */
  Message wrongType() {
    return wrongType;
  }

  /** Whether every wanted layer is there. */
  boolean isWhole(AnswerFields found) {
    return wanted.stream()
        .filter(key -> !key.equals(AnswerFields.CATEGORY))
        .noneMatch(key -> found.get(key).isBlank());
  }

  /** The last object with the asked form in this one; null if there is none. */
  @Nullable AnswerFields in(JsonNode json, ObjectReader objects) {
    return in(json, objects, 0);
  }

  private @Nullable AnswerFields in(JsonNode json, ObjectReader objects, int depth) {
    if (depth > DEEPEST) {
      return null;
    }
    if (json.isTextual()) {
      String text = json.asText().strip();
      ObjectReader.Read read =
          text.startsWith("{") || text.startsWith("[") ? objects.read(text, 0) : null;
      return read == null ? null : in(read.json(), objects, depth + 1);
    }
    if (json.isObject()) {
      AnswerFields found = direct(json, objects, depth);
      if (found != null) {
        return found;
      }
    }
    AnswerFields last = null;
    for (JsonNode inside : json) {
      AnswerFields found = in(inside, objects, depth + 1);
      last = found == null ? last : found;
    }
    return last;
  }

  private @Nullable AnswerFields direct(JsonNode object, ObjectReader objects, int depth) {
    Map<String, String> fields = new LinkedHashMap<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = field.getKey().strip().toLowerCase(Locale.ROOT).replace('-', '_');
      JsonNode value = field.getValue();
      if (!wanted.contains(key) || value.isNull()) {
        continue;
      }
      String text = text(key, value, objects);
      if (text == null) {
        wrongType = AnswerCode.NOT_A_TEXT.with(key, Excerpt.of(object.toString()));
        return null;
      }
      if (objects.repeatedIn(object).contains(field.getKey()) || fields.containsKey(key)) {
        repeated.add(key);
      }
      fields.put(key, text);
    }
    boolean hasLayer = fields.keySet().stream().anyMatch(key -> !key.equals(AnswerFields.CATEGORY));
    if (!hasLayer) {
      return null;
    }
    // A whole answer in the place of its first layer.
    String first = fields.getOrDefault(AnswerFields.ABSTRACT, "").strip();
    if (first.startsWith("{") && first.contains(AnswerFields.ABSTRACT)) {
      ObjectReader.Read read = objects.read(first, 0);
      AnswerFields inner = read == null ? null : in(read.json(), objects, depth + 1);
      if (inner != null) {
        return inner;
      }
    }
    return new AnswerFields(fields, repeated);
  }

  /** A layer's text: a text, or a list of texts, as such or as JSON in a string. */
  private static @Nullable String text(String key, JsonNode value, ObjectReader objects) {
    if (value.isTextual()) {
      String text = value.asText();
      if (key.equals(AnswerFields.OVERVIEW) && text.strip().startsWith("[\"")) {
        ObjectReader.Read read = objects.read(text.strip(), 0);
        String list = read == null ? null : list(key, read.json());
        return list == null ? Text.wellFormed(text) : list;
      }
      return Text.wellFormed(text);
    }
    return list(key, value);
  }

  private static @Nullable String list(String key, JsonNode list) {
    if (!list.isArray()
        || list.isEmpty()
        || !StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isTextual)) {
      return null;
    }
    boolean bullets = key.equals(AnswerFields.OVERVIEW);
    return StreamSupport.stream(list.spliterator(), false)
        .map(line -> Text.wellFormed(line.asText()).strip())
        .filter(line -> !line.isEmpty())
        .map(line -> !bullets || line.matches("(?s)[-*•] .*") ? line : "- " + line)
        .collect(Collectors.joining(key.equals(AnswerFields.ABSTRACT) ? " " : "\n"));
  }
}
