package dev.memoryconsole.enrich.llm;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicChatRequestParameters;
import dev.langchain4j.model.anthropic.AnthropicModelCatalog;
import dev.langchain4j.model.catalog.ModelCatalog;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset.Protocol;
import dev.memoryconsole.settings.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with one endpoint through LangChain4j, whose own retries are off. Learns what the endpoint
 * does not take. Thread-safe.
 */
final class ModelClient implements AutoCloseable {
  /** What Anthropic's protocol must be told, and what its models all can. */
  static final int ANTHROPIC_OUTPUT = 8_192;

  private static final Logger LOG = LoggerFactory.getLogger(ModelClient.class);

  private final ModelSettings settings;
  private final boolean anthropic;
  private final HttpTransport transport;
  private final ChatModel model;
  private final ModelCatalog catalog;
  private final AtomicReference<Dialect> dialect = new AtomicReference<>(Dialect.FULL);

  /** Sends nothing yet. The settings must have no problem. */
  ModelClient(ModelSettings settings, Optional<Secret> key, Clock clock) {
    this.settings = settings;
    this.anthropic = settings.preset().protocol() == Protocol.ANTHROPIC;
    Endpoint endpoint = Endpoint.of(settings.baseUrl());
    this.transport =
        new HttpTransport(
            endpoint,
            settings.limits().call(),
            new HttpFailures(endpoint, settings.model()),
            key,
            clock);
    String url = endpoint.uri().toString();
    // Anthropic's client wants a key even where a gateway needs none.
    String secret = key.map(Secret::reveal).orElse(anthropic ? "none" : null);
    this.model = anthropic ? anthropicModel(url, secret) : openAiModel(url, secret);
    this.catalog =
        anthropic
            ? AnthropicModelCatalog.builder()
                .httpClientBuilder(transport.builder())
                .baseUrl(url)
                .apiKey(secret)
                .build()
            : OpenAiModelCatalog.builder()
                .httpClientBuilder(transport.builder())
                .baseUrl(url)
                .apiKey(secret)
                .logRequests(false)
                .logResponses(false)
                .customHeaders(Map.of())
                .build();
  }

  /** The model's name. */
  String model() {
    return settings.model();
  }

  private ChatModel openAiModel(String url, @Nullable String secret) {
    return OpenAiChatModel.builder()
        .httpClientBuilder(transport.builder())
        .baseUrl(url)
        .apiKey(secret)
        .modelName(settings.model())
        .strictJsonSchema(true)
        .maxRetries(0)
        .build();
  }

  private ChatModel anthropicModel(String url, @Nullable String secret) {
    return AnthropicChatModel.builder()
        .httpClientBuilder(transport.builder())
        .baseUrl(url)
        .apiKey(secret)
        .modelName(settings.model())
        .maxTokens(ANTHROPIC_OUTPUT)
        .maxRetries(0)
        .build();
  }

  /**
   * Asks once; once more for each thing the endpoint turns out not to take.
   *
   * @param timeout for each call
   * @param meter told of each call before it is made
   * @throws CallException if there is no reply
   * @throws InterruptedException if interrupted; the call is aborted
   */
  Reply ask(Ask ask, Duration timeout, Runnable meter) throws InterruptedException {
    Dialect known = Objects.requireNonNull(dialect.get());
    Dialect used = known;
    CallException first = null;
    while (true) {
      try {
        meter.run();
        Reply reply = reply(ask, used, timeout);
        if (!used.equals(known) && dialect.compareAndSet(known, used)) {
          LOG.info("The endpoint does not take everything; from now on it is asked as {}", used);
        }
        return reply;
      } catch (CallException e) {
        if (e.kind() != FailureKind.BAD_REQUEST) {
          throw e;
        }
        first = first == null ? e : first;
        Optional<Dialect> plainer = used.afterRefusal(e.sentence(), !anthropic);
        if (plainer.isEmpty()) {
          // Leaving things out did not help, so the first refusal says what is wrong.
          throw first;
        }
        used = plainer.get();
      }
    }
  }

  private Reply reply(Ask ask, Dialect how, Duration timeout) throws InterruptedException {
    ChatRequest request =
        ChatRequest.builder()
            .messages(new SystemMessage(ask.system()), new UserMessage(ask.user()))
            .parameters(parameters(ask, how))
            .build();
    ChatResponse response = within(timeout, () -> model.chat(request));
    TokenUsage usage = response.tokenUsage();
    String text = response.aiMessage().text();
    FinishReason reason = response.finishReason();
    return new Reply(
        text == null ? "" : text,
        end(reason, text),
        usage == null ? null : usage.inputTokenCount(),
        usage == null ? null : usage.outputTokenCount(),
        Objects.requireNonNullElse(response.metadata().modelName(), ""));
  }

  private static Reply.End end(@Nullable FinishReason reason, @Nullable String text) {
    if (reason == FinishReason.LENGTH) {
      return Reply.End.LENGTH;
    }
    // Anthropic's refusals arrive as another reason, and without a text.
    boolean nothing = text == null || text.isBlank();
    return reason == FinishReason.CONTENT_FILTER || (reason == FinishReason.OTHER && nothing)
        ? Reply.End.FILTER
        : Reply.End.DONE;
  }

  private ChatRequestParameters parameters(Ask ask, Dialect how) {
    ResponseFormat format =
        switch (how.format()) {
          case SCHEMA ->
              ResponseFormat.builder()
                  .type(ResponseFormatType.JSON)
                  .jsonSchema(ask.form().schema())
                  .build();
          case OBJECT -> ResponseFormat.JSON;
          case PROMPT -> null;
        };
    Double temperature = how.temperature() ? settings.temperature() : null;
    return anthropic
        ? AnthropicChatRequestParameters.builder()
            .temperature(temperature)
            .responseFormat(format)
            .build()
        : OpenAiChatRequestParameters.builder()
            .temperature(temperature)
            .responseFormat(format)
            .reasoningEffort(how.effort() ? settings.reasoningEffort() : null)
            .build();
  }

  /**
   * The models the endpoint offers, by name.
   *
   * @throws CallException if it does not say
   */
  List<String> listModels(Duration timeout) throws InterruptedException {
    return within(timeout, catalog::listModels).stream()
        .map(ModelDescription::name)
        .filter(Objects::nonNull)
        .sorted()
        .toList();
  }

  private static <T> T within(Duration timeout, ScopedValue.CallableOp<T, RuntimeException> call)
      throws InterruptedException {
    try {
      return ScopedValue.where(HttpTransport.TIMEOUT, timeout).call(call);
    } catch (CallException e) {
      throw e;
    } catch (ContentFilteredException e) {
      throw new CallException(FailureKind.FILTERED, "The model refused to answer.");
    } catch (RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (e instanceof CancellationException) {
        throw e;
      }
      // Its text may quote a memory.
      LOG.warn("The endpoint's answer has an unexpected form: {}", e.getClass().getName());
      throw new CallException(
          FailureKind.BAD_ENVELOPE,
          "The endpoint's answer does not have the form of a model's answer; check the base URL and"
              + " the kind of endpoint.");
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
