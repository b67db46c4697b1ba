package dev.memoryconsole.cli.option;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.query.ParsedQuery;
import dev.memoryconsole.store.query.QueryParser;
import dev.memoryconsole.upgrade.RunRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose entries; joined by <em>and</em>. */
public final class SelectionOptions {
  @Mixin private IdOptions ids;

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

  @Option(
      names = "--where",
      paramLabel = "QUERY",
      description =
          "Only entries that this finds, as in the window's field: words, ids, and conditions such"
              + " as 'scope:agent:ops before:2025-06 importance:>0.8 meta.key:value'.")
  private @Nullable String where;

  private @Nullable ParsedQuery parsed;

  @Option(names = "--limit", paramLabel = "N", description = "At most N entries.")
  private @Nullable Integer limit;

  @Option(
      names = {"--possibly-legacy", "--stamped"},
      description =
          "Only entries that are possibly legacy: they look upgraded and probably never were,"
              + " because the plugin gave them a new category in passing.")
  private boolean stamped;

  /** The entries that all options together choose, whatever their state. */
  public EntryQuery query() {
    EntryQuery query =
        EntryQuery.ALL
            .withIds(ids.areGiven() ? Set.copyOf(ids.known()) : null)
            .withScopes(scopes == null ? Set.of() : Set.copyOf(scopes))
            .withCategories(categories == null ? Set.of() : Set.copyOf(categories))
            .withWords(words == null ? "" : words)
            .and(where());
    return stamped ? query.onlyStamped() : query;
  }

  private ParsedQuery where() {
    // Once, so that "30d" is the same moment for all that ask.
    if (parsed == null) {
      parsed =
          where == null
              ? ParsedQuery.EVERYTHING
              : QueryParser.parse(where, Clock.system(ZoneId.systemDefault()));
    }
    return parsed;
  }

  /** An upgrade of the entries that were named by their ids, or of what is legacy. */
  public RunRequest request(MemoryStore store) {
    List<String> named = ids();
    int most = limit(Integer.MAX_VALUE);
    if (named == null || stamped || where().stamped()) {
      return new RunRequest.Matching(query(), most, Set.of());
    }
    return new RunRequest.Chosen(isOnlyIdsAndScopes() ? named : store.ids(query(), most), false);
  }

  /** Whether any of these options was given. */
  public boolean narrows() {
    return hasIds() || scopes != null || !isOnlyIdsAndScopes();
  }

  /** The entries that are chosen and are in one of these states. */
  public EntryQuery query(Set<MemoryState> states) {
    return query().inStates(states);
  }

  /** The scopes that were named; empty for all. */
  public Set<String> scopes() {
    return query().scopes();
  }

  /** Finds out which entries {@code --ids} names. */
  public void resolve(MemoryStore store) {
    ids.resolve(wanted -> existing(store, wanted), store.location().toString());
  }

  private static Set<String> existing(MemoryStore store, Collection<String> ids) {
    Set<String> found = new HashSet<>();
    store.find(ids).forEach(entry -> found.add(entry.id()));
    if (found.size() < Set.copyOf(ids).size()) {
      // The plugin replaces a row by deleting and adding it: once is not enough to miss one.
      store.find(ids).forEach(entry -> found.add(entry.id()));
    }
    return found;
  }

  /** Whether entries were chosen by their ids. */
  public boolean hasIds() {
    return ids.areGiven();
  }

  /** The ids that were chosen, there or not; null if none were chosen. */
  public @Nullable List<String> ids() {
    return ids.areGiven() ? ids.all() : null;
  }

  /** The exit code of a command that ended with this one: an id that is not there is no success. */
  public int exitCode(int code) {
    return ids.exitCode(code);
  }

  /** How many entries were asked for at most, or {@code fallback} if that was left open. */
  public int limit(int fallback) {
    return limit == null ? fallback : limit;
  }

  /** Whether nothing narrows the ids but scopes, which a run checks itself. */
  private boolean isOnlyIdsAndScopes() {
    return categories == null && words == null && where == null && limit == null && !stamped;
  }

  /** Whether a limit was given. */
  public boolean limitsCount() {
    return limit != null;
  }

  /** Whether the options make sense; if not, a sentence. */
  public @Nullable String problem() {
    if (limit != null && limit < 0) {
      return "--limit must be 0 or more.";
    }
    ParsedQuery asked = where();
    // Of a query that is not understood whole, more would be taken than was meant.
    if (!asked.problems().isEmpty()) {
      return "--where: " + Wording.ENGLISH.of(asked.problems().getFirst());
    }
    return asked.failed()
        ? "--where: what failed is known to the journal; use the command retry for it."
        : null;
  }
}
