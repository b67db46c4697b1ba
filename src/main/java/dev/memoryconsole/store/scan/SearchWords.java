package dev.memoryconsole.store.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.query.AsciiCase;
import dev.memoryconsole.store.query.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words that all occur in a memory's text or its abstract, ignoring the case of ASCII letters, or
 * are its id.
 */
final class SearchWords {
  private final List<String> written;
  private final List<String> words;

  /** From words and phrases as they were written. */
  SearchWords(List<String> written) {
    this.written = written;
    words = written.stream().map(AsciiCase::folded).toList();
  }

  boolean occurIn(@Nullable String id, @Nullable String text, @Nullable String metadata) {
    String foldedText = AsciiCase.folded(text == null ? "" : text);
    List<String> missing = new ArrayList<>(words);
    for (int i = 0; i < words.size(); i++) {
      if (foldedText.contains(words.get(i)) || (id != null && Condition.isId(written.get(i), id))) {
        missing.remove(words.get(i));
      }
    }
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
            .map(AsciiCase::folded)
            .orElse("");
    return missing.stream().allMatch(line::contains);
  }

  /** Metadata without an escape can hold a word only as it is: most need not be parsed. */
  private static boolean mayOccur(List<String> words, String metadata) {
    if (metadata.indexOf('\\') >= 0) {
      return true;
    }
    String folded = AsciiCase.folded(metadata);
    return words.stream().allMatch(folded::contains);
  }
}
