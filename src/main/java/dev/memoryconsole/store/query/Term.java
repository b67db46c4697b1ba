package dev.memoryconsole.store.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of what was typed.
 *
 * @param from where it begins in the text
 * @param to where it ends, exclusively
 * @param key what stands before the colon, as it is called; null for a word or a phrase
 * @param comparison what stands behind the colon; {@code EQUAL} if nothing does
 * @param values what is wanted, without quotation marks; the text itself for a word or a phrase
 * @param closed whether every quotation mark has another
 */
public record Term(
    int from,
    int to,
    @Nullable String key,
    Comparison comparison,
    List<String> values,
    boolean closed) {
  /** Copies the values. */
  public Term {
    values = List.copyOf(values);
  }

  /** Whether it is a condition with this key. */
  public boolean isOf(String wanted) {
    return wanted.equals(key);
  }
}
