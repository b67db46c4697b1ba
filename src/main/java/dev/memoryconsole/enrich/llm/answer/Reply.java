package dev.memoryconsole.enrich.llm.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one question.
 *
 * @param texts what the model wrote where answers belong: its content, then the arguments of calls
 *     of tools; may be empty
 * @param trace its reasoning, where the endpoint keeps it apart; may be empty
 * @param end why it stopped
 * @param inputTokens as the endpoint counted them, or null
 * @param outputTokens likewise
 * @param model the model's name as the endpoint reports it, on one line; may be empty
 */
public record Reply(
    List<String> texts,
    String trace,
    End end,
    @Nullable Integer inputTokens,
    @Nullable Integer outputTokens,
    String model) {
  /** Why a model stops. */
  public enum End {
    /** It was done, or the endpoint does not say. */
    DONE,
    /** It ran out of tokens. */
    LENGTH,
    /** The endpoint held something back. */
    FILTER
  }

  /** Copies the texts. */
  public Reply {
    texts = List.copyOf(texts);
  }

  /** All that the model wrote as its answer. */
  public String text() {
    return String.join("\n", texts);
  }
}
