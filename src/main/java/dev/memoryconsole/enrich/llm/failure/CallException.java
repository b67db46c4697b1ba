package dev.memoryconsole.enrich.llm.failure;

import dev.memoryconsole.message.CodedException;
import dev.memoryconsole.message.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call failed. Has no cause on purpose: texts of causes may hold what must not be logged. */
public final class CallException extends CodedException {
  private final FailureKind kind;

  private final @Nullable Duration retryAfter;

  private final String about;

  /** Creates one about which the endpoint said nothing. */
  public CallException(FailureKind kind, Message message) {
    this(kind, message, null, "");
  }

  /**
   * Creates one with all that the endpoint said.
   *
   * @param about in lower case; to learn from, not to be shown
   */
  CallException(FailureKind kind, Message message, @Nullable Duration retryAfter, String about) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.about = about;
  }

  /** What went wrong. */
  public FailureKind kind() {
    return kind;
  }

  /** All that the endpoint said, in lower case, to learn from; empty if it said nothing. */
  public String about() {
    return about;
  }

  /** A failure of this kind that says something else. */
  public CallException saying(Message other) {
    return new CallException(kind, other, retryAfter, about);
  }

  /** How long the endpoint wants to be left alone; null if it does not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
