package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
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

  /** Typed in place of a port for none, whatever the settings say. */
  public static final String OFF = "off";

  private static final int MOST_PORT = 65_535;

  /** Whether acquisitions are recorded, with its default: yes. */
  public boolean locksOrDefault() {
    return locks == null || locks;
  }

  /**
   * The port for Prometheus.
   *
   * @return null for none, also if the settings name what can't be one
   */
  public @Nullable Integer port() {
    return metricsPort == null ? null : portOf(metricsPort.toString());
  }

  /** Whether this names a port that can be served at, or none at all. */
  public static boolean isPortOrOff(String typed) {
    return typed.equalsIgnoreCase(OFF) || portOf(typed) != null;
  }

  /** What is typed as a port; null if it can't be one. */
  public static @Nullable Integer portOf(String typed) {
    try {
      int port = Integer.parseInt(typed);
      return port >= 1 && port <= MOST_PORT ? port : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
