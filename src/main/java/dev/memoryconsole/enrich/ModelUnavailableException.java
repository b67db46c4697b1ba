package dev.memoryconsole.enrich;

import dev.memoryconsole.message.Message;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * No memory can be enriched now, so the entry is not to blame: the endpoint is down, the quota is
 * gone, the key is refused. A run pauses instead of making fallbacks of the rest.
 */
public class ModelUnavailableException extends EnrichmentException {
  private final @Nullable Duration retryAfter;

  private final boolean asked;

  /**
   * Creates one.
   *
   * @param retryAfter when it is worth trying again; null if only the admin can help
   * @param asked whether the model was asked about this very entry; false if the entry was turned
   *     away before
   */
  public ModelUnavailableException(Message message, @Nullable Duration retryAfter, boolean asked) {
    super(message);
    this.retryAfter = retryAfter;
    this.asked = asked;
  }

  /** When it is worth trying again; empty if only the admin can help. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * Whether the model was asked about this very entry. An entry that is put back again and again
   * may be the reason itself, and should get an outcome in the end.
   */
  public boolean wasAsked() {
    return asked;
  }
}
