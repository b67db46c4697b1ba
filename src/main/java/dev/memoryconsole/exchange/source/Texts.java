package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;

/** Recognises text that no store can keep unchanged. */
final class Texts {
  private Texts() {}

  /**
   * False if the text holds half a surrogate pair: an escape such as {@code \ud800} with nothing to
   * go with it, or a byte that could not be decoded. No store can keep that unchanged.
   */
  static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean pair =
            Character.isHighSurrogate(unit)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether all names and strings in a value are whole. */
  static boolean areWhole(JsonNode node) {
    if (node.isTextual()) {
      return isWhole(node.textValue());
    }
    for (var field : node.properties()) {
      if (!isWhole(field.getKey()) || !areWhole(field.getValue())) {
        return false;
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (!areWhole(element)) {
          return false;
        }
      }
    }
    return true;
  }
}
