package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.llm.answer.Answers;
import dev.memoryconsole.enrich.llm.answer.Reply;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.enrich.llm.http.HttpTransport;
import dev.memoryconsole.enrich.llm.http.KeyMask;
import dev.memoryconsole.enrich.llm.prompt.Question;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset.Protocol;
import dev.memoryconsole.settings.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with one endpoint. Learns what the endpoint does not take, and where below its base URL it
 * listens. Thread-safe.
 */
final class ModelClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelClient.class);

  private final ModelSettings settings;
  private final boolean anthropic;
  private final Requests requests;
  // As a word of its own: a model may be called as shortly as "m".
  private final Pattern name;
  private final Endpoint endpoint;
  private final Map<String, String> headers;
  private final HttpTransport transport;
  private final AtomicReference<Dialect> dialect = new AtomicReference<>(Dialect.FULL);
  private final AtomicReference<@Nullable URI> place = new AtomicReference<>();

  /**
   * Sends nothing yet. The settings must have no problem.
   *
   * @param environment names the proxy, and authorities to trust
   * @throws CallException if the proxy or the CA file can't be used
   */
  ModelClient(
      ModelSettings settings,
      Optional<Secret> key,
      UnaryOperator<@Nullable String> environment,
      Clock clock) {
    this.settings = settings;
    this.anthropic = settings.preset().protocol() == Protocol.ANTHROPIC;
    this.requests = new Requests(settings, anthropic);
    this.name =
        Pattern.compile(
            "(?<![a-z0-9_])"
                + Pattern.quote(settings.model().toLowerCase(Locale.ROOT))
                + "(?![a-z0-9_])");
    this.endpoint = Endpoint.of(settings.baseUrl());
    this.headers = requests.headers(endpoint, key);
    this.transport = new HttpTransport(settings, key, environment, clock);
  }

  /** The model's name. */
  String model() {
    return settings.model();
  }

  /**
   * Asks once; once more for each thing the endpoint turns out not to take.
   *
   * @param timeout for each call
   * @param meter told of each call before it is made
   * @throws CallException if there is no reply
   * @throws InterruptedException if interrupted; the call is aborted
   */
  Reply ask(Question question, Duration timeout, Runnable meter) throws InterruptedException {
    Dialect known = Objects.requireNonNull(dialect.get());
    Dialect used = known;
    CallException first = null;
    while (true) {
      try {
        Reply reply = reply(requests.body(question, used), timeout, meter);
        if (!used.equals(known) && dialect.compareAndSet(known, used)) {
          LOG.info("The endpoint does not take everything; from now on it is asked as {}", used);
        }
        return reply;
      } catch (CallException e) {
        Optional<Dialect> plainer = after(e, used);
        if (first == null) {
          first = e;
        }
        if (plainer.isEmpty()) {
          // Leaving things out did not help, so the first refusal says what is wrong; unless the
          // last is no refusal of a part at all.
          throw e.kind() == FailureKind.BAD_REQUEST ? first : e;
        }
        used = plainer.get();
      }
    }
  }

  /** What to leave out after a failure; only a plain refusal may be about what it does not name. */
  private Optional<Dialect> after(CallException failure, Dialect used) {
    boolean vague = failure.kind() == FailureKind.BAD_REQUEST;
    boolean named =
        failure.kind() == FailureKind.SERVER_ERROR || failure.kind() == FailureKind.MODEL_NOT_FOUND;
    if (!vague && !named) {
      return Optional.empty();
    }
    return used.afterRefusal(name.matcher(failure.about()).replaceAll(""), !anthropic, vague);
  }

  private Reply reply(String body, Duration timeout, Runnable meter) throws InterruptedException {
    URI known = place.get();
    List<URI> places = known == null ? endpoint.placesOf(requests.call()) : List.of(known);
    Reply reply =
        atOneOf(places, body, timeout, meter, text -> Answers.read(text, transport.failures()));
    KeyMask mask = transport.mask();
    // The key may have been hidden by the escapes of JSON until now.
    return new Reply(
        reply.texts().stream().map(mask::inAnswer).toList(),
        mask.inAnswer(reply.trace()),
        reply.end(),
        reply.inputTokens(),
        reply.outputTokens(),
        mask.inWords(reply.model()));
  }

  /** Asks at the first place; where nothing is there, at the next, and remembers which it was. */
  private <T> T atOneOf(
      List<URI> places,
      @Nullable String body,
      Duration timeout,
      Runnable meter,
      Function<String, T> reader)
      throws InterruptedException {
    CallException first = null;
    for (URI uri : places) {
      try {
        meter.run();
        T answer = reader.apply(transport.send(uri, headers, body, timeout));
        if (body != null) {
          place.set(uri);
        }
        return answer;
      } catch (CallException e) {
        CallException masked = e.saying(e.message().mapTexts(transport.mask()::inWords));
        boolean nothingThere =
            e.kind() == FailureKind.MODEL_NOT_FOUND || e.kind() == FailureKind.NOT_AN_ENDPOINT;
        if (!nothingThere) {
          throw masked;
        }
        first = first == null ? masked : first;
      }
    }
    throw Objects.requireNonNull(first);
  }

  /**
   * The models the endpoint offers, by name.
   *
   * @throws CallException if it does not say
   */
  List<String> listModels(Duration timeout) throws InterruptedException {
    return atOneOf(
        endpoint.placesOfModels(),
        null,
        timeout,
        () -> {},
        text -> Answers.models(text, transport.failures()));
  }

  @Override
  public void close() {
    transport.close();
  }
}
