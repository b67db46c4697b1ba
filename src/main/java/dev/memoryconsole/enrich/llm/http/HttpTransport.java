package dev.memoryconsole.enrich.llm.http;

import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.ErrorBody;
import dev.memoryconsole.enrich.llm.failure.HttpFailures;
import dev.memoryconsole.enrich.llm.failure.RetryAfter;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an endpoint is reached, over the JDK's HTTP client. An answer above {@value #LARGEST_ANSWER}
 * bytes is given up while it comes in or is unpacked; the timeout covers the body too; an interrupt
 * aborts the call; redirects are not followed, as they would carry memories and key to another
 * host; the key is masked in whatever comes back. Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {
  static final int LARGEST_ANSWER = 1_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("model-http-", 0).factory());
  private final HttpClient client;
  private final HttpFailures failures;
  private final KeyMask mask;
  private final Clock clock;
  private final Proxies proxies;

  /**
   * Sends nothing yet.
   *
   * @throws CallException if the proxy or the CA file can't be used
   */
  public HttpTransport(
      ModelSettings settings,
      Optional<Secret> key,
      UnaryOperator<@Nullable String> environment,
      Clock clock) {
    Endpoint endpoint = Endpoint.of(settings.baseUrl());
    Surroundings surroundings = Surroundings.of(settings, endpoint, environment);
    this.proxies = surroundings.proxies();
    this.failures = new HttpFailures(endpoint, settings.model(), proxies.words(), LARGEST_ANSWER);
    this.mask = new KeyMask(key);
    this.clock = clock;
    Duration timeout = settings.limits().call();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // An upgrade to HTTP/2 in the clear confuses small local servers.
            .version(endpoint.isEncrypted() ? Version.HTTP_2 : Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
            .executor(executor);
    proxies.selector().ifPresent(builder::proxy);
    if (surroundings.trust() != null) {
      builder.sslContext(surroundings.trust());
    }
    this.client = builder.build();
  }

  /** The words for what goes wrong with this endpoint. */
  public HttpFailures failures() {
    return failures;
  }

  /** What hides the key. */
  public KeyMask mask() {
    return mask;
  }

  /**
   * Sends a document and answers what comes back, as text.
   *
   * @param body null to get instead of to post
   * @param timeout for all of it
   * @throws CallException if the endpoint can't be reached or refuses
   * @throws InterruptedException if interrupted; the call is aborted
   */
  public String send(URI uri, Map<String, String> headers, @Nullable String body, Duration timeout)
      throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    headers.forEach(request::header);
    if (proxies.authorization() != null) {
      // The JDK gives it to the proxy alone.
      request.header("Proxy-Authorization", proxies.authorization());
    }
    if (body == null) {
      request.GET();
    } else {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    HttpResponse<byte[]> response = send(request.build(), timeout);
    int status = response.statusCode();
    if (status >= 200 && status <= 299) {
      return mask.inAnswer(text(response));
    }
    String words;
    try {
      words = mask.inWords(text(response));
    } catch (CallException unreadable) {
      // The status alone says enough.
      words = "";
    }
    throw failures.ofStatus(
        status,
        ErrorBody.of(words),
        RetryAfter.of(response.headers()::firstValue, words, clock.instant()));
  }

  private String text(HttpResponse<byte[]> response) {
    return BodyText.of(
        response.body(),
        response.headers().firstValue("Content-Encoding"),
        response.headers().firstValue("Content-Type"),
        LARGEST_ANSWER,
        failures::tooBig);
  }

  private HttpResponse<byte[]> send(HttpRequest request, Duration timeout)
      throws InterruptedException {
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
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.debug("A call failed on the way", cause);
      throw failures.ofProblem(cause, timeout);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
