package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of locks, and who may read it.
 *
 * @param locks whether acquisitions of locks are recorded one by one, and their history kept
 * @param metricsPort the port on this machine where Prometheus finds the figures, 1 to 65535; null
 *     for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Monitoring(@Nullable Boolean locks, @Nullable Integer metricsPort) {
  /** Locks are recorded, and no port is open. */
  public static final Monitoring DEFAULT = new Monitoring(null, null);

  /** Whether acquisitions are recorded, with its default: yes. */
  public boolean locksOrDefault() {
    return locks == null || locks;
  }

  /** The port for Prometheus, if there is to be one. */
  public OptionalInt port() {
    return metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort);
  }
}
