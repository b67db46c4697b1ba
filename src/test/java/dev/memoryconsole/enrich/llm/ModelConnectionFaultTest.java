package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong on the way to the endpoint. */
@Timeout(30)
@Tag("slow")
class ModelConnectionFaultTest {
  private static final String OK =
      FakeEndpoint.chat(
          FakeEndpoint.layers("Team uses Postgres.", "- x", "", "events"), "stop", 1, 1);

  @TempDir private Path folder;

  /** Answers each connection's first request with what this writes, then resets it. */
  private interface Breaker {
    void to(Socket socket) throws IOException;
  }

  private static final class BreakingServer implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    BreakingServer(Breaker breaker) throws IOException {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(
              () -> {
                while (!server.isClosed()) {
                  try (Socket socket = server.accept()) {
                    connections.incrementAndGet();
                    readRequest(socket.getInputStream());
                    breaker.to(socket);
                    // With no linger, closing sends a reset.
                    socket.setSoLinger(true, 0);
                  } catch (IOException closed) {
                    // The next connection, or the end.
                  }
                }
              });
    }

    private static void readRequest(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
      int at = lower.indexOf("content-length:");
      if (at >= 0) {
        String length = lower.substring(at + 15, lower.indexOf("\r\n", at)).strip();
        in.readNBytes(Integer.parseInt(length));
      }
    }

    ModelSettings settings() {
      return ModelSettings.of(
          "http://127.0.0.1:" + server.getLocalPort() + "/v1", "m", KeySource.NONE);
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private static void write(Socket socket, int length, String body) throws IOException {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static Throwable problem(ModelSettings settings) throws Exception {
    try (Enricher enricher = Fixtures.enricher(settings)) {
      return catchThrowable(
          () -> enricher.enrich(Fixtures.memory("Team uses Postgres for everything.")));
    }
  }

  @Test
  void aConnectionResetBeforeTheAnswerIsTriedAgain() throws Exception {
    try (BreakingServer server = new BreakingServer(socket -> {})) {
      assertThat(problem(server.settings()))
          .isExactlyInstanceOf(EnrichmentException.class)
          .hasMessageContaining("broke. This was after 3 attempts.");
      assertThat(server.connections).hasValue(3);
    }
  }

  @Test
  void aConnectionResetDuringTheBodyIsTriedAgain() throws Exception {
    try (BreakingServer server = new BreakingServer(socket -> write(socket, 500, "{\"choices\""))) {
      assertThat(problem(server.settings()))
          .isExactlyInstanceOf(EnrichmentException.class)
          .hasMessageContaining("broke. This was after 3 attempts.");
    }
  }

  @Test
  void aConnectionResetAfterTheBodyDoesNoHarm() throws Exception {
    byte[] body = OK.getBytes(StandardCharsets.UTF_8);
    try (BreakingServer server =
            new BreakingServer(
                socket -> {
                  write(socket, body.length, OK);
                  // Until the client has read it: a reset drops what is still under way.
                  socket.setSoTimeout(500);
                  try {
                    socket.getInputStream().read();
                  } catch (java.net.SocketTimeoutException idle) {
                    // It keeps the connection for the next call, as it should.
                  }
                });
        Enricher enricher = Fixtures.enricher(server.settings())) {
      for (int i = 0; i < 2; i++) {
        assertThat(enricher.enrich(Fixtures.memory("Team uses it.")).enrichment().abstractLine())
            .isEqualTo("Team uses Postgres.");
      }
    }
  }

  @Test
  void nobodyListeningPausesTheRun() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(problem(ModelSettings.of("http://127.0.0.1:" + port + "/v1", "m", KeySource.NONE)))
        .isInstanceOfSatisfying(
            ModelUnavailableException.class, e -> assertThat(e.retryAfter()).isPresent())
        .hasMessageContaining("Nobody answers at 127.0.0.1:" + port);
  }

  @Test
  void anUnknownHostPausesTheRun() throws Exception {
    assertThat(problem(ModelSettings.of("https://no-such-host.invalid/v1", "m", KeySource.NONE)))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("The host no-such-host.invalid was not found");
  }

  @Test
  void anUntrustedCertificatePausesTheRunAndNothingIsSent() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "https://localhost:" + server.getAddress().getPort() + "/v1";
      assertThat(problem(ModelSettings.of(url, "m", KeySource.NONE)))
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("(TLS): its certificate or protocol is not trusted");
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  private SSLContext selfSigned() throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
