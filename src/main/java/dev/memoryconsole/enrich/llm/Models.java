package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.llm.answer.AnswerParser;
import dev.memoryconsole.enrich.llm.answer.Reply;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.enrich.llm.limits.Meter;
import dev.memoryconsole.enrich.llm.limits.Persistence;
import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.enrich.llm.prompt.Planner;
import dev.memoryconsole.enrich.llm.prompt.Prompts;
import dev.memoryconsole.enrich.llm.prompt.Question;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.settings.KeySource.KeyNotFoundException;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset.Protocol;
import dev.memoryconsole.settings.Price;
import dev.memoryconsole.settings.Secret;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything the app asks of language models. Thread-safe; no call may run on the UI thread. */
public final class Models {
  private static final String SAMPLE = "The user prefers short answers and dark mode.";

  private final KeyLookup keys;
  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;
  private final Persistence persistence;

  /** Finds keys there; the clock is for dates in answers. */
  public Models(KeyLookup keys, Clock clock) {
    this(keys, clock, Persistence.DEFAULT);
  }

  Models(KeyLookup keys, Clock clock, Persistence persistence) {
    this.keys = keys;
    this.environment = keys.environment();
    this.clock = clock;
    this.persistence = persistence;
  }

  /**
   * An enricher for one run. Sends nothing yet.
   *
   * @throws ModelSettingsException if the settings can't be used or there is no key
   */
  public Enricher enricher(ModelSettings settings, PriceTable prices)
      throws ModelSettingsException, InterruptedException {
    return enricher(settings, prices, Allowance.UNSHARED);
  }

  /**
   * An enricher for one run that others work on with the same model. Sends nothing yet.
   *
   * @throws ModelSettingsException if the settings can't be used, there is no key, or what may be
   *     spent is bounded and the model's price is not known
   */
  public Enricher enricher(ModelSettings settings, PriceTable prices, Allowance allowance)
      throws ModelSettingsException, InterruptedException {
    ModelClient client = client(settings);
    Optional<Price> price = prices.of(settings);
    BigDecimal budget = settings.budget();
    if ((budget != null || allowance.isBounded()) && price.isEmpty()) {
      client.close();
      throw new ModelSettingsException(ModelCode.BUDGET_WITHOUT_PRICE.with(settings.model()));
    }
    return new LlmEnricher(
        settings,
        client,
        planner(settings),
        new Meter(price.orElse(null), budget, allowance),
        allowance,
        persistence);
  }

  /**
   * Asks once, about an invented memory, and times it.
   *
   * @throws ModelSettingsException if the settings can't be used or there is no key
   */
  public ConnectionReport testConnection(ModelSettings settings)
      throws ModelSettingsException, InterruptedException {
    try (ModelClient client = client(settings)) {
      long start = System.nanoTime();
      Question question = Prompts.layers(SAMPLE, MemoryCategory.PREFERENCES, true);
      try {
        Reply reply = client.ask(question, settings.limits().call(), () -> {});
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        try {
          if (reply.end() == Reply.End.LENGTH) {
            return new ConnectionReport(
                latency, reply.model(), false, Caller.cutOff(reply, settings.limits()).message());
          }
          AnswerParser.parse(reply, question.form().keys());
          return new ConnectionReport(latency, reply.model(), true, Message.NONE);
        } catch (CallException e) {
          return new ConnectionReport(latency, reply.model(), false, e.message());
        }
      } catch (CallException e) {
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        return new ConnectionReport(latency, "", false, e.message());
      }
    }
  }

  /**
   * The models the endpoint offers, by name; empty if it does not say. The settings need no model.
   *
   * @throws ModelSettingsException if the settings can't be used, there is no key, or the endpoint
   *     can't be reached
   */
  public List<String> listModels(ModelSettings settings)
      throws ModelSettingsException, InterruptedException {
    ModelSettings any =
        settings.model().isEmpty()
            ? settings.with(settings.baseUrl(), "any", settings.key())
            : settings;
    try (ModelClient client = client(any)) {
      return client.listModels(settings.limits().call());
    } catch (CallException e) {
      if (e.kind() == FailureKind.MODEL_NOT_FOUND || e.kind() == FailureKind.NOT_AN_ENDPOINT) {
        return List.of();
      }
      throw new ModelSettingsException(e.message());
    }
  }

  /** What enriching these texts will need. Sends nothing; the texts are read once, one by one. */
  public static Estimate estimate(Stream<String> texts, ModelSettings settings, PriceTable prices) {
    Planner planner = planner(settings);
    long[] sums = new long[3];
    texts
        .filter(text -> !text.isBlank())
        .forEach(
            text -> {
              String sent = settings.redact() ? Redaction.of(text).text() : text;
              for (Planner.Step step : planner.steps(sent)) {
                sums[0]++;
                sums[1] += step.tokens().input();
                sums[2] += step.tokens().output();
              }
            });
    return new Estimate(
        sums[0],
        sums[1],
        sums[2],
        prices.of(settings).map(price -> price.of(sums[1], sums[2])).orElse(null));
  }

  private static Planner planner(ModelSettings settings) {
    boolean anthropic = settings.preset().protocol() == Protocol.ANTHROPIC;
    return new Planner(settings.limits().contextTokens(), most(settings, anthropic));
  }

  private static int most(ModelSettings settings, boolean anthropic) {
    int set = settings.limits().answerTokens();
    return set > 0 ? set : anthropic ? Requests.ANTHROPIC_OUTPUT : Integer.MAX_VALUE;
  }

  private ModelClient client(ModelSettings settings)
      throws ModelSettingsException, InterruptedException {
    Optional<Message> problem = settings.problem();
    if (problem.isPresent()) {
      throw new ModelSettingsException(problem.get());
    }
    try {
      Optional<Secret> key = keys.find(settings.key());
      return new ModelClient(settings, key, environment, clock);
    } catch (CallException e) {
      throw new ModelSettingsException(e.message());
    } catch (KeyNotFoundException e) {
      throw new ModelSettingsException(e.message());
    }
  }
}
