package dev.memoryconsole.enrich.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.Secret;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the client library reaches the endpoint: over the JDK's HTTP client, with what the library's
 * own transport lacks. An answer above {@value #LARGEST_ANSWER} bytes is given up while it comes
 * in; the timeout covers the body too; an interrupt aborts the call; {@code Retry-After} is kept;
 * redirects are not followed, as they would carry memories and key to another host; the key is
 * masked in whatever comes back. Thread-safe.
 */
final class HttpTransport implements HttpClient, AutoCloseable {
  static final int LARGEST_ANSWER = 1_000_000;

  /** How long the call under way on this thread may take. */
  static final ScopedValue<Duration> TIMEOUT = ScopedValue.newInstance();

  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("model-http-", 0).factory());
  private final java.net.http.HttpClient client;
  private final HttpFailures failures;
  private final Optional<Secret> key;
  private final Clock clock;

  HttpTransport(
      Endpoint endpoint,
      Duration timeout,
      HttpFailures failures,
      Optional<Secret> key,
      Clock clock) {
    this.failures = failures;
    this.key = key;
    this.clock = clock;
    this.client =
        java.net.http.HttpClient.newBuilder()
            // An upgrade to HTTP/2 in the clear confuses small local servers.
            .version(endpoint.isEncrypted() ? Version.HTTP_2 : Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
            .executor(executor)
            .build();
  }

  /** For the library, which wants to build its transport itself. */
  HttpClientBuilder builder() {
    return new Builder(this);
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Duration timeout = TIMEOUT.get();
    HttpResponse<byte[]> response = send(jdkRequest(request), timeout);
    String body = text(response.body());
    int status = response.statusCode();
    if (status < 200 || status > 299) {
      throw failures.ofStatus(status, body, retryAfter(response));
    }
    refuseWhatIsNoAnswer(body);
    return SuccessfulHttpResponse.builder().statusCode(status).body(body).build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("Answers are not streamed.");
  }

  private static java.net.http.HttpRequest jdkRequest(HttpRequest request) {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    String body = request.body();
    return builder
        .method(
            request.method().name(),
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<byte[]> send(java.net.http.HttpRequest request, Duration timeout) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw HttpFailures.timedOut(timeout);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("The call was aborted.");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.debug("A call failed on the way", cause);
      throw failures.ofProblem(cause, timeout);
    }
  }

  private String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return key.map(secret -> secret.maskIn(text)).orElse(text);
    } catch (CharacterCodingException e) {
      throw new CallException(
          FailureKind.BAD_ENVELOPE, "The endpoint's answer is not valid UTF-8 and was not used.");
    }
  }

  private @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(header -> RetryAfter.parse(header, clock.instant()))
        .orElse(null);
  }

  /** A 200 need not be an answer. */
  private void refuseWhatIsNoAnswer(String body) {
    if (body.isBlank()) {
      throw new CallException(
          FailureKind.NOT_AN_ENDPOINT, "The endpoint's answer is empty; check the base URL.");
    }
    if (body.stripLeading().startsWith("<")) {
      throw new CallException(
          FailureKind.NOT_AN_ENDPOINT,
          "The endpoint answered with a web page instead of JSON; check the base URL.");
    }
    JsonNode answer;
    try {
      answer = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new CallException(
          FailureKind.BAD_ENVELOPE,
          "The endpoint's answer is not JSON, or not all of it: “" + Preview.of(body) + "”.");
    }
    JsonNode error = answer.path("error");
    if (error.isObject() && !answer.hasNonNull("choices") && !answer.hasNonNull("content")) {
      // Routers report the failure of the model behind them like this.
      int code = error.path("code").asInt(500);
      throw failures.ofStatus(code >= 400 && code < 600 ? code : 500, body, null);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }

  /** The library sets times here; the ones that count are given with each call. */
  private record Builder(HttpTransport transport) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return CONNECT;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return CONNECT;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return transport;
    }
  }
}
