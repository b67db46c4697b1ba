package dev.memoryconsole.app;

import dev.memoryconsole.metrics.MetricsEndpoint;
import dev.memoryconsole.metrics.MetricsException;
import dev.memoryconsole.upgrade.Upgrades;
import org.jspecify.annotations.Nullable;

/** Serves the figures of the window's store, at a port that can change meanwhile. Thread-safe. */
public final class ServedMetrics implements AutoCloseable {
  private final boolean named;
  private @Nullable MetricsEndpoint endpoint;
  private @Nullable Upgrades shown;

  /** Serves at no port yet. */
  public ServedMetrics() {
    this.named = false;
  }

  private ServedMetrics(@Nullable MetricsEndpoint endpoint) {
    this.named = true;
    this.endpoint = endpoint;
  }

  /**
   * Serves at a port that was named when the window was started, and stays.
   *
   * @param port 1 to 65535; null if it was said that there is to be none
   * @throws MetricsException if it can't be had
   */
  static ServedMetrics at(@Nullable Integer port) {
    return new ServedMetrics(port == null ? null : MetricsEndpoint.open(port));
  }

  /** Serves the figures of this store from now on. */
  synchronized void show(Upgrades store) {
    shown = store;
    if (endpoint != null) {
      endpoint.show(store);
    }
  }

  /**
   * Serves at this port from now on, unless it is named for good.
   *
   * @param port 1 to 65535; null for none
   * @throws MetricsException if it can't be had; what was served is served on
   */
  public synchronized void move(@Nullable Integer port) {
    MetricsEndpoint before = endpoint;
    if (named || (before == null ? port == null : port != null && before.port() == port)) {
      return;
    }
    endpoint = port == null ? null : MetricsEndpoint.open(port);
    if (endpoint != null && shown != null) {
      endpoint.show(shown);
    }
    if (before != null) {
      before.close();
    }
  }

  /** The port; null if nothing is served. */
  synchronized @Nullable Integer port() {
    return endpoint == null ? null : endpoint.port();
  }

  /** Whether the port was named when the window was started. */
  boolean isNamed() {
    return named;
  }

  @Override
  public synchronized void close() {
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
