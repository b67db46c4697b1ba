package dev.memoryconsole.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memoryconsole.upgrade.Upgrades;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the figures of the open store to Prometheus at {@code http://127.0.0.1:PORT/metrics}, and
 * only to this machine. Thread-safe.
 */
public final class MetricsEndpoint implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final long SECONDS_BETWEEN_LOOKS = 1;

  private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);

  private final HttpServer server;
  private final ScheduledFuture<?> looks;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metrics-", 0).factory());
  // Both of the one thread alone.
  private PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private @Nullable StoreMeters meters;

  private MetricsEndpoint(HttpServer server) {
    this.server = server;
    server.setExecutor(thread);
    server.createContext("/", this::answer);
    server.start();
    // The record keeps a fixed number of acquisitions: they are fetched before they are
    // overwritten.
    looks =
        thread.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  /**
   * Opens the endpoint.
   *
   * @param port 1 to 65535, or 0 for any that is free
   * @throws MetricsException if the port can't be had
   */
  public static MetricsEndpoint open(int port) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return new MetricsEndpoint(HttpServer.create(new InetSocketAddress(loopback, port), 0));
    } catch (IOException e) {
      throw new MetricsException(MetricsCode.PORT_NOT_HAD.with(port), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Serves this store's figures from now on, instead of those of the store before. */
  public void show(Upgrades upgrades) {
    thread.execute(() -> watch(upgrades));
  }

  private void watch(Upgrades upgrades) {
    registry.close();
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters = new StoreMeters(upgrades, registry);
  }

  private void look() {
    StoreMeters now = meters;
    if (now != null) {
      now.refresh();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      int refusal = refusal(exchange);
      if (refusal != 0) {
        exchange.sendResponseHeaders(refusal, -1);
        return;
      }
      look();
      byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", TYPE);
      exchange.sendResponseHeaders(OK, body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (RuntimeException e) {
      LOG.error("The figures could not be served", e);
      throw e;
    }
  }

  /** The status with which the request is refused; 0 if it is answered. */
  private int refusal(HttpExchange exchange) {
    // A page in a browser must not reach this machine through a name of its own.
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || !Set.of("127.0.0.1:" + port(), "localhost:" + port()).contains(host)) {
      return FORBIDDEN;
    }
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      return NOT_FOUND;
    }
    return exchange.getRequestMethod().equals("GET") ? 0 : NOT_ALLOWED;
  }

  /** Frees the port. */
  @Override
  public void close() {
    looks.cancel(false);
    server.stop(0);
    thread.shutdownNow();
  }
}
