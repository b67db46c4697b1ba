package dev.memoryconsole.store.scan;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.query.Condition;
import dev.memoryconsole.store.query.MetadataMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of an {@link EntryQuery} for which a row's texts have to be read. */
public final class TextSelection {
  private final SearchWords words;
  private final List<Condition.OfMetadata> metadata;
  private final boolean any;

  /** Those of a query. */
  public TextSelection(EntryQuery query) {
    List<String> phrases = query.phrases();
    words = new SearchWords(phrases);
    metadata =
        query.conditions().stream()
            .filter(Condition.OfMetadata.class::isInstance)
            .map(Condition.OfMetadata.class::cast)
            .toList();
    any = phrases.isEmpty() && metadata.isEmpty();
  }

  /** Whether there are none, so that nothing has to be read. */
  public boolean isAny() {
    return any;
  }

  /** Whether a row with these texts meets all of them. */
  public boolean holds(@Nullable String id, @Nullable String text, @Nullable String json) {
    return words.occurIn(id, text, json)
        && metadata.stream().allMatch(condition -> MetadataMatch.holds(condition, json));
  }
}
