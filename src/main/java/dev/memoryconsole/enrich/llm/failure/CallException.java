package dev.memoryconsole.enrich.llm.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call failed. Has no cause on purpose: texts of causes may hold what must not be logged. */
public final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  @SuppressWarnings("serial")
  private final @Nullable Duration retryAfter;

  private final String about;

  /** With one plain sentence. */
  public CallException(FailureKind kind, String sentence) {
    this(kind, sentence, null, "");
  }

  /** With the wait the endpoint asked for. */
  public CallException(FailureKind kind, String sentence, @Nullable Duration retryAfter) {
    this(kind, sentence, retryAfter, "");
  }

  /**
   * With all that the endpoint said.
   *
   * @param about in lower case; to learn from, not to be shown
   */
  CallException(FailureKind kind, String sentence, @Nullable Duration retryAfter, String about) {
    super(sentence, null, false, true);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.about = about;
  }

  /** What went wrong. */
  public FailureKind kind() {
    return kind;
  }

  /** The same for the admin. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** All that the endpoint said, in lower case, to learn from; empty if it said nothing. */
  public String about() {
    return about;
  }

  /** The same failure in other words. */
  public CallException saying(String sentence) {
    return new CallException(kind, sentence, retryAfter, about);
  }

  /** How long the endpoint wants to be left alone; null if it does not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
