package dev.memoryconsole.cli.option;

import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.AnswerLanguage;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelLimits;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name the model which enriches. */
public final class ModelOptions {
  @Option(
      names = "--llm-preset",
      paramLabel = "P",
      description = "Start from a known endpoint: ${COMPLETION-CANDIDATES}.")
  private @Nullable Preset preset;

  @Option(
      names = "--llm-url",
      paramLabel = "URL",
      description = "The endpoint, such as https://api.openai.com/v1.")
  private @Nullable String url;

  @Option(names = "--llm-model", paramLabel = "M", description = "The model's name there.")
  private @Nullable String model;

  @Option(
      names = "--llm-key-env",
      paramLabel = "VAR",
      description = "The environment variable that holds the key.")
  private @Nullable String keyVariable;

  @Option(
      names = "--llm-key-keychain",
      paramLabel = "ENTRY",
      description = "The entry of the system's keychain that holds the key.")
  private @Nullable String keychainEntry;

  @Option(
      names = "--llm-timeout",
      paramLabel = "S",
      description = "Seconds for one call, 1 to 3,600 (60).")
  private @Nullable Integer timeout;

  @Option(
      names = "--llm-temperature",
      paramLabel = "T",
      description = "0 to 2; by default the endpoint's own.")
  private @Nullable Double temperature;

  @Option(
      names = "--llm-effort",
      paramLabel = "E",
      description = "Reasoning effort, such as low; by default the endpoint's own.")
  private @Nullable String effort;

  @Option(
      names = "--llm-rpm",
      paramLabel = "N",
      defaultValue = "0",
      description = "Requests per minute at most; 0 for no limit.")
  private int requestsPerMinute;

  @Option(
      names = "--llm-tpm",
      paramLabel = "N",
      defaultValue = "0",
      description = "Tokens per minute at most; 0 for no limit.")
  private int tokensPerMinute;

  @Option(
      names = "--llm-budget",
      paramLabel = "USD",
      description = "Stop the run before it costs more than this.")
  private @Nullable BigDecimal budget;

  @Option(
      names = "--llm-redact",
      description = "Replace e-mail addresses, keys and card numbers before sending.")
  private boolean redact;

  @Option(
      names = "--llm-allow-http",
      split = ",",
      paramLabel = "HOST:PORT",
      description = "Let memories go unencrypted to these hosts, not only to this machine.")
  private List<String> httpHosts = List.of();

  @Option(
      names = "--llm-max-tokens",
      paramLabel = "N",
      description = "Tokens an answer may have at most; by default the endpoint's own limit.")
  private @Nullable Integer answerTokens;

  @Option(
      names = "--llm-language",
      paramLabel = "L",
      description =
          "Answers in the memory's language only (memory, the default), or in any: for models that"
              + " can only do one.")
  private AnswerLanguage language = AnswerLanguage.MEMORY;

  @Option(
      names = "--llm-ca",
      paramLabel = "FILE",
      description =
          "Trust the authorities whose certificates are in this file too, as PEM or DER; else those"
              + " in the file that SSL_CERT_FILE names.")
  private @Nullable Path caFile;

  /**
   * The model that is named; empty if none is.
   *
   * @throws IllegalArgumentException with a sentence if it can't be used
   */
  public Optional<ModelSettings> settings(int concurrency) {
    return settings(concurrency, "");
  }

  /** What all who work on a shared run may use together, as it is said for this run. */
  public TeamTerms terms() {
    return new TeamTerms(budget, requestsPerMinute, tokensPerMinute);
  }

  /**
   * The endpoint that is named, with or without a model; empty if none is.
   *
   * @throws IllegalArgumentException with a sentence if it can't be used
   */
  public Optional<ModelSettings> endpoint() {
    return settings(1, "any");
  }

  private Optional<ModelSettings> settings(int concurrency, String otherwise) {
    if (preset == null && url == null && model == null) {
      return Optional.empty();
    }
    if (timeout != null && (timeout < 1 || timeout > 3_600)) {
      throw new IllegalArgumentException("The timeout must be from 1 to 3,600 seconds.");
    }
    ModelSettings start = ModelSettings.of(preset == null ? Preset.CUSTOM : preset);
    ModelLimits limits = start.limits();
    if (timeout != null) {
      Duration call = Duration.ofSeconds(timeout);
      limits = limits.withTimes(call, call.multipliedBy(3));
    }
    if (answerTokens != null) {
      if (answerTokens < 1) {
        throw new IllegalArgumentException("The limit of an answer's tokens must be 1 or more.");
      }
      limits = limits.withAnswerTokens(answerTokens);
    }
    ModelSettings named =
        start
            .with(url == null ? start.baseUrl() : url, model(start, otherwise), key(start))
            .withLimits(
                limits.withRates(requestsPerMinute, tokensPerMinute).withConcurrency(concurrency))
            .withGeneration(temperature, effort)
            .withCost(null, budget)
            .withPrivacy(redact, httpHosts)
            .withLanguage(language)
            .withCaFile(caFile == null ? null : caFile.toAbsolutePath().toString());
    named
        .problem()
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(Wording.ENGLISH.of(problem));
            });
    return Optional.of(named);
  }

  private String model(ModelSettings start, String otherwise) {
    if (model != null) {
      return model;
    }
    return start.model().isEmpty() ? otherwise : start.model();
  }

  private KeySource key(ModelSettings start) {
    if (keyVariable != null) {
      return KeySource.ofEnvironment(keyVariable);
    }
    if (keychainEntry != null) {
      return KeySource.ofKeychain(keychainEntry);
    }
    // Another endpoint than the preset's must not get the preset's key.
    return url == null ? start.key() : KeySource.NONE;
  }
}
