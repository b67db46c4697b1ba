package dev.memoryconsole.memory;

import java.util.Locale;
import java.util.Optional;

/** The {@code fact_key} of preferences and entities: {@code category:topic}. */
final class FactKey {
  private static final int TOPIC_UNITS = 120;

  private FactKey() {}

  /** The key of a fact, or empty for the other categories and for a blank topic. */
  static Optional<String> of(MemoryCategory category, String abstractLine) {
    if (category != MemoryCategory.PREFERENCES && category != MemoryCategory.ENTITIES) {
      return Optional.empty();
    }
    String line = JsText.trim(abstractLine);
    String topic = JsText.foldSpaces(topic(line).toLowerCase(Locale.ROOT));
    topic = JsText.trim(dropTrailingStops(topic));
    return topic.isEmpty() ? Optional.empty() : Optional.of(category.key() + ":" + topic);
  }

  private static String topic(String line) {
    int colon = separator(line, ":", "：");
    int end = colon >= 0 ? colon : separator(line, "->", "=>");
    return JsText.trim(end >= 0 ? line.substring(0, end) : line);
  }

  /** Where {@code /^(.{1,120}?)(?:first|second)/} would put the separator, or -1. */
  private static int separator(String line, String first, String second) {
    for (int at = 0; at < line.length() && at <= TOPIC_UNITS; at++) {
      if (at > 0 && (line.startsWith(first, at) || line.startsWith(second, at))) {
        return at;
      }
      if (JsText.isLineTerminator(line.charAt(at))) {
        return -1;
      }
    }
    return -1;
  }

  private static String dropTrailingStops(String topic) {
    int end = topic.length();
    while (end > 0 && "。.!?".indexOf(topic.charAt(end - 1)) >= 0) {
      end--;
    }
    return topic.substring(0, end);
  }
}
