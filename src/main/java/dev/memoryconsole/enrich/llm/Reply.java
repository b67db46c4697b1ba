package dev.memoryconsole.enrich.llm;

import org.jspecify.annotations.Nullable;

/**
 * What came back for one question.
 *
 * @param text what the model wrote; may be empty
 * @param end why it stopped
 * @param inputTokens as the endpoint counted them, or null
 * @param outputTokens likewise
 * @param model the model's name as the endpoint reports it; may be empty
 */
record Reply(
    String text,
    End end,
    @Nullable Integer inputTokens,
    @Nullable Integer outputTokens,
    String model) {
  /** Why a model stops. */
  enum End {
    /** It was done, or the endpoint does not say. */
    DONE,
    /** It ran out of tokens. */
    LENGTH,
    /** The endpoint held something back. */
    FILTER
  }
}
