package dev.memoryconsole.exchange;

/**
 * A part of a file that could not be imported.
 *
 * @param number counted from 1: the line of a {@code .jsonl} file, the item of an export's array
 * @param reason what is wrong with it
 */
public record BadLine(long number, String reason) {}
