package dev.memoryconsole.ui.common.task;

/**
 * How far something long is.
 *
 * @param words for example {@code Taking a snapshot… 40 %}
 * @param fraction 0 to 1
 */
public record Working(String words, double fraction) {}
