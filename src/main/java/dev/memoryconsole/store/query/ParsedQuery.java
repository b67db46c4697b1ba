package dev.memoryconsole.store.query;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Message;
import java.util.List;
import java.util.Set;

/**
 * What was typed, understood. A part that is not understood is left out, or is a word, and says so:
 * what is left finds no less than was asked for.
 *
 * @param text what was typed
 * @param terms its parts, in their order
 * @param scopes exact scopes; the empty string stands for an absent one
 * @param categories values of the old category column; the empty string stands for an absent one
 * @param states where memories stand; empty for anywhere
 * @param failed only those whose last outcome is a failure, which the journal knows; then the
 *     states are empty
 * @param stamped only those that look upgraded and probably never were; then the states are empty
 * @param conditions all the rest, joined by <em>and</em>
 * @param problems what was not understood, one sentence each
 */
public record ParsedQuery(
    String text,
    List<Term> terms,
    Set<String> scopes,
    Set<String> categories,
    Set<MemoryState> states,
    boolean failed,
    boolean stamped,
    List<Condition> conditions,
    List<Message> problems) {
  /** Nothing typed, which everything matches. */
  public static final ParsedQuery EVERYTHING =
      new ParsedQuery(
          "", List.of(), Set.of(), Set.of(), Set.of(), false, false, List.of(), List.of());

  /** Copies the collections. */
  public ParsedQuery {
    terms = List.copyOf(terms);
    scopes = Set.copyOf(scopes);
    categories = Set.copyOf(categories);
    states = Set.copyOf(states);
    conditions = List.copyOf(conditions);
    problems = List.copyOf(problems);
  }

  /** The words and phrases, which can be shown where they occur. */
  public List<String> phrases() {
    return conditions.stream()
        .filter(Condition.Phrase.class::isInstance)
        .map(phrase -> ((Condition.Phrase) phrase).text())
        .toList();
  }

  /** Whether memories in any state match, as far as this goes. */
  public boolean isAnyState() {
    return states.isEmpty() && !failed && !stamped;
  }
}
