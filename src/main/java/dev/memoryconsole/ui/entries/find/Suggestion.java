package dev.memoryconsole.ui.entries.find;

/**
 * What may stand in the place of what is being typed.
 *
 * @param from where that begins in the text
 * @param to where it ends, exclusively
 * @param text what would stand there
 */
public record Suggestion(int from, int to, String text) {
  /** The text with it. */
  String in(String typed) {
    return typed.substring(0, from) + text + typed.substring(to);
  }
}
