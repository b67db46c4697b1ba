package dev.memoryconsole.cli;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.EntryQuery;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose entries; joined by <em>and</em>. */
final class SelectionOptions {
  @Option(names = "--ids", split = ",", paramLabel = "ID", description = "Only these ids.")
  private @Nullable List<String> ids;

  @Option(names = "--scope", paramLabel = "SCOPE", description = "Only this scope; repeatable.")
  private @Nullable List<String> scopes;

  @Option(
      names = "--category",
      paramLabel = "CATEGORY",
      description = "Only this value of the category column; repeatable.")
  private @Nullable List<String> categories;

  @Option(
      names = "--search",
      paramLabel = "WORDS",
      description = "Only entries with all these words in text or abstract.")
  private @Nullable String words;

  @Option(names = "--limit", paramLabel = "N", description = "At most N entries.")
  private @Nullable Integer limit;

  @Option(
      names = "--stamped",
      description =
          "Only entries that look upgraded and probably never were: the plugin gave them a new"
              + " category in passing.")
  private boolean stamped;

  EntryQuery query() {
    EntryQuery query =
        EntryQuery.ALL
            .withIds(ids == null ? null : Set.copyOf(ids))
            .withScopes(scopes())
            .withCategories(categories == null ? Set.of() : Set.copyOf(categories))
            .withWords(words == null ? "" : words);
    return stamped ? query.onlyStamped() : query;
  }

  boolean isStamped() {
    return stamped;
  }

  EntryQuery query(Set<MemoryState> states) {
    return query().withStates(states);
  }

  Set<String> scopes() {
    return scopes == null ? Set.of() : Set.copyOf(scopes);
  }

  @Nullable List<String> ids() {
    return ids;
  }

  int limit(int fallback) {
    return limit == null ? fallback : limit;
  }

  /** Whether nothing narrows the ids but scopes, which a run checks itself. */
  boolean isOnlyIdsAndScopes() {
    return categories == null && words == null && limit == null && !stamped;
  }

  /** Whether a limit was given. */
  boolean limitsCount() {
    return limit != null;
  }

  /** Whether the options make sense; if not, a sentence. */
  @Nullable String problem() {
    return limit != null && limit < 0 ? "--limit must be 0 or more." : null;
  }
}
