package dev.memoryconsole.ui.locks.waits;

/**
 * A stretch of time.
 *
 * @param fromMillis milliseconds since 1970
 * @param toMillis exclusive
 */
public record Stretch(long fromMillis, long toMillis) {}
