package dev.memoryconsole.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.cli.Answer;
import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines can read: the flight recorder's events and the figures for Prometheus. */
class MonitoringTest {
  private static final String ANSWER =
      """
      {"model":"m","choices":[{"index":0,"finish_reason":"stop","message":
      {"role":"assistant","content":"{\\"l0_abstract\\":\\"A memory.\\"}"}}],
      "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}
      """;

  @TempDir private Path folder;
  private Path store;

  @BeforeEach
  void copyExport() throws Exception {
    store = folder.resolve("store.db");
    try (InputStream in =
        Objects.requireNonNull(
            MonitoringTest.class.getResourceAsStream(
                "/dev/memoryconsole/exchange/plugin-export.json"))) {
      Files.copy(in, folder.resolve("export.json"));
    }
    assertThat(run(new StringWriter(), "import", folder.resolve("export.json").toString()))
        .isZero();
  }

  private int run(StringWriter err, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, store.toString()));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--workspace", folder.resolve("workspace").toString()));
    return MemoryConsole.run(
        new Assembly(new SimpleEnricher(), Clock.systemUTC()),
        Answer.NO_WINDOW,
        new PrintWriter(new StringWriter(), true),
        new PrintWriter(err, true),
        all.toArray(String[]::new));
  }

  @Test
  void theFlightRecorderSeesAcquisitionsBatchesAndModelCalls() throws Exception {
    HttpServer model = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    model.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    model.start();
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      run(
          new StringWriter(),
          "upgrade",
          "--llm-url",
          "http://127.0.0.1:" + model.getAddress().getPort() + "/v1",
          "--llm-model",
          "m",
          "--limit",
          "5",
          "--batch-size",
          "5");
      recording.stop();
      recording.dump(file);
    } finally {
      model.stop(0);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    assertThat(of(events, "ModelCall"))
        .hasSize(5)
        .allSatisfy(
            call -> {
              assertThat(call.getString("model")).isEqualTo("m");
              assertThat(call.getInt("inputTokens")).isEqualTo(10);
              assertThat(call.getString("failure")).isEmpty();
              assertThat(call.getDuration()).isPositive();
            });
    assertThat(of(events, "BatchCommit"))
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.getLong("run")).isEqualTo(1);
              assertThat(batch.getInt("entries")).isEqualTo(5);
              assertThat(batch.getBoolean("failed")).isFalse();
            });
    assertThat(of(events, "LockAcquisition"))
        .filteredOn(acquisition -> acquisition.getLong("run") == 1)
        .singleElement()
        .satisfies(
            acquisition -> {
              assertThat(acquisition.getString("store")).isEqualTo(store.toRealPath().toString());
              assertThat(acquisition.getString("outcome")).isEqualTo("RELEASED");
              assertThat(acquisition.getDuration("holdTime")).isPositive();
              assertThat(acquisition.getDuration())
                  .isGreaterThanOrEqualTo(acquisition.getDuration("holdTime"));
              assertThat(acquisition.getEventType().getCategoryNames())
                  .containsExactly("Memory Console");
            });
  }

  private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.memoryconsole." + name))
        .toList();
  }

  @Test
  void prometheusReadsWhatTheLockRecorded() throws Exception {
    try (Upgrades upgrades =
            new Assembly(new SimpleEnricher(), Clock.systemUTC())
                .open(StoreLocation.of(store), folder.resolve("workspace"));
        MetricsEndpoint endpoint = MetricsEndpoint.open(0)) {
      endpoint.show(upgrades);
      assertThat(get(endpoint.port(), "/metrics").body()).contains("memory_console_lock_waiting{");
      ((RowInsertion) upgrades.store())
          .insert(
              List.of(new MemoryEntry("new", "text", "fact", null, 0.5, 1L, "{}", 0)),
              ExistingRows.SKIP);
      upgrades
          .store()
          .patch(
              List.of("new"),
              Patches.of(row -> "{\"x\":1}"),
              new LockPurpose(LockPurpose.Kind.UPGRADE, 1, 1));

      HttpResponse<String> answer = get(endpoint.port(), "/metrics");
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      String name = "store=\"" + store.toRealPath() + "\"";
      assertThat(answer.body())
          .contains(
              "memory_console_lock_acquisitions_total{holder=\"upgrade\",outcome=\"released\","
                  + name
                  + "} 1.0",
              "memory_console_lock_hold_seconds_count{holder=\"import\",outcome=\"released\","
                  + name
                  + "} 1",
              "memory_console_lock_rows_total{holder=\"upgrade\"",
              "memory_console_lock_held{" + name + "} 0.0",
              "memory_console_lock_wait_seconds_bucket{");
      assertThat(get(endpoint.port(), "/other").statusCode()).isEqualTo(404);
      assertThat(foreignName(endpoint.port())).startsWith("HTTP/1.1 403");
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String foreignName(int port) throws Exception {
    try (Socket socket = new Socket(loopback(), port)) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  @Test
  void aPortInTheSettingsThatIsInUseIsSaidAndKeepsNoCommandFromItsWork() throws Exception {
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    try (ServerSocket taken = new ServerSocket(0, 1, loopback())) {
      Files.writeString(
          workspace.resolve("settings.json"),
          "{\"monitoring\":{\"metricsPort\":%d}}".formatted(taken.getLocalPort()));
      StringWriter err = new StringWriter();
      assertThat(run(err, "upgrade", "--no-llm", "--limit", "5")).isZero();
      assertThat(err.toString())
          .contains("Port " + taken.getLocalPort() + ", which the settings name, is in use")
          .hasLineCount(1);
      StringWriter off = new StringWriter();
      assertThat(run(off, "upgrade", "--no-llm", "--limit", "5", "--metrics-port", "off")).isZero();
      assertThat(off.toString()).isEmpty();
    }
    StringWriter err = new StringWriter();
    assertThat(run(err, "upgrade", "--no-llm", "--limit", "5")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aPortThatIsInUseIsSaidInOneSentenceAndFreedAtTheEnd() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, loopback())) {
      port = taken.getLocalPort();
      assertThatThrownBy(() -> MetricsEndpoint.open(port))
          .isInstanceOf(MetricsException.class)
          .hasMessageContaining("Port " + port + " of this machine is in use");
      StringWriter err = new StringWriter();
      assertThat(run(err, "upgrade", "--no-llm", "--metrics-port", Integer.toString(port)))
          .isEqualTo(ExitCode.REFUSED);
      assertThat(err.toString()).contains("Port " + port).hasLineCount(1);
    }
    StringWriter err = new StringWriter();
    assertThat(run(err, "upgrade", "--no-llm", "--metrics-port", Integer.toString(port))).isZero();
    assertThat(err.toString()).isEmpty();
    MetricsEndpoint.open(port).close();
    assertThat(run(err, "retry", "--no-llm", "--metrics-port", "many")).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("A port is a number from 1 to 65535");
  }
}
