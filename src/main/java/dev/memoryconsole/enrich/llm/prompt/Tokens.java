package dev.memoryconsole.enrich.llm.prompt;

/**
 * About how many tokens a call needs.
 *
 * @param input of the prompt
 * @param output of the answer
 */
public record Tokens(int input, int output) {}
