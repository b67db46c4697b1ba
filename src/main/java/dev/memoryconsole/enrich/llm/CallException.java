package dev.memoryconsole.enrich.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. Has no cause on purpose: the client library unwraps causes, and texts of causes
 * may hold what must not be logged.
 */
final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  @SuppressWarnings("serial")
  private final @Nullable Duration retryAfter;

  /** With one plain sentence. */
  CallException(FailureKind kind, String sentence) {
    this(kind, sentence, null);
  }

  /** With the wait the endpoint asked for. */
  CallException(FailureKind kind, String sentence, @Nullable Duration retryAfter) {
    super(sentence, null, false, true);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  FailureKind kind() {
    return kind;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
