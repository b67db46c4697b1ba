package dev.memoryconsole.enrich.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A real HTTP server on loopback that speaks as OpenAI does, with faults where wanted. */
public final class FakeEndpoint implements AutoCloseable {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** What a call looked like. */
  public record Call(String path, String body, @Nullable String authorization) {
    public JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String system() {
      return json().at("/messages/0/content").asText();
    }

    public String user() {
      return json().at("/messages/1/content").asText();
    }
  }

  /** Answers one call. */
  @FunctionalInterface
  public interface Answer {
    void to(Exchange exchange) throws IOException;
  }

  /** One call, and ways to answer it. */
  public record Exchange(HttpExchange http, Call call, int number) {
    public Exchange header(String name, String value) {
      http.getResponseHeaders().set(name, value);
      return this;
    }

    public void send(int status, String body) throws IOException {
      send(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public void send(int status, byte[] body) throws IOException {
      http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        try (OutputStream out = http.getResponseBody()) {
          out.write(body);
        }
      }
    }

    public void chat(String content) throws IOException {
      send(200, FakeEndpoint.chat(content, "stop", 100, 50));
    }

    public void layers(String line) throws IOException {
      chat(FakeEndpoint.layers(line, "- " + line, "", "events"));
    }
  }

  /** Answers each call like this. */
  public FakeEndpoint(Answer answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext(
        "/",
        http -> {
          try (http) {
            String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = http.getRequestHeaders().getFirst("Authorization");
            if (key == null) {
              key = http.getRequestHeaders().getFirst("x-api-key");
            }
            Call call = new Call(http.getRequestURI().getPath(), body, key);
            int number;
            synchronized (calls) {
              calls.add(call);
              number = calls.size();
            }
            answer.to(new Exchange(http, call, number));
          }
        });
    server.start();
  }

  /** Its base URL. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Settings for it, without a key. */
  public ModelSettings settings() {
    return ModelSettings.of(url(), "test-model", KeySource.NONE);
  }

  /** The calls so far. */
  public List<Call> calls() {
    return new ArrayList<>(calls);
  }

  /** An answer as it should be. */
  public static String layers(String line, String overview, String content, String category) {
    Map<String, String> layers = new LinkedHashMap<>();
    layers.put("l0_abstract", line);
    layers.put("l1_overview", overview);
    layers.put("l2_content", content);
    layers.put("resolved_category", category);
    return MAPPER.valueToTree(layers).toString();
  }

  /** What surrounds an answer. */
  public static String chat(String content, String finish, int input, int output) {
    ObjectNode answer = MAPPER.createObjectNode();
    answer.put("id", "x").put("object", "chat.completion").put("model", "test-model-2026");
    ObjectNode choice = answer.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", finish);
    choice.putObject("message").put("role", "assistant").put("content", content);
    answer
        .putObject("usage")
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
    return answer.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
