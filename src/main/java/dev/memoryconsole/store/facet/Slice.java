package dev.memoryconsole.store.facet;

import org.jspecify.annotations.Nullable;

/**
 * The memories of one kind.
 *
 * @param kind what the name is
 * @param name of the kind; empty for {@link Kind#NONE} and {@link Kind#OTHERS}
 * @param query what finds exactly these, as it is typed; null if nothing does
 */
public record Slice(Kind kind, String name, long count, @Nullable String query) {
  /** What a name is. */
  public enum Kind {
    /** A value that memories have, or a word of this program's for some. */
    NAMED,
    /** There is no value. */
    NONE,
    /** The value is none that could be named: no text, or a very long one. */
    OTHERS,
    /** All that is earlier than the month of this name. */
    EARLIER,
    /** All that is later than the month of this name. */
    LATER
  }
}
