package dev.memoryconsole.store.lance.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MetadataJson;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words that all occur in a memory's text or its abstract, ignoring the case of ASCII letters. */
final class SearchWords {
  private static final Pattern SPACES = Pattern.compile("[\\s\\u3000]+");

  private final List<String> words;

  /** From what somebody typed. */
  SearchWords(String typed) {
    words = SPACES.splitAsStream(typed.strip()).map(SearchWords::folded).toList();
  }

  boolean occurIn(@Nullable String text, @Nullable String metadata) {
    String foldedText = folded(text == null ? "" : text);
    List<String> missing = words.stream().filter(word -> !foldedText.contains(word)).toList();
    if (missing.isEmpty()) {
      return true;
    }
    if (metadata == null || !metadata.contains(Keys.L0) || !mayOccur(missing, metadata)) {
      return false;
    }
    String line =
        MetadataJson.object(metadata)
            .map(object -> object.get(Keys.L0))
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .map(SearchWords::folded)
            .orElse("");
    return missing.stream().allMatch(line::contains);
  }

  /** Metadata without an escape can hold a word only as it is: most need not be parsed. */
  private static boolean mayOccur(List<String> words, String metadata) {
    if (metadata.indexOf('\\') >= 0) {
      return true;
    }
    String folded = folded(metadata);
    return words.stream().allMatch(folded::contains);
  }

  private static String folded(String text) {
    StringBuilder folded = null;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 'A' && unit <= 'Z') {
        if (folded == null) {
          folded = new StringBuilder(text);
        }
        folded.setCharAt(i, (char) (unit + ('a' - 'A')));
      }
    }
    return folded == null ? text : folded.toString();
  }
}
