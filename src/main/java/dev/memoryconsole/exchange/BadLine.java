package dev.memoryconsole.exchange;

/**
 * A part of a file that was not imported.
 *
 * @param line the line it begins on, counted from 1
 * @param reason why, one sentence
 */
public record BadLine(long line, String reason) {}
