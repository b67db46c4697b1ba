package dev.memoryconsole.ui.settings;

import dev.memoryconsole.settings.AnswerLanguage;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelLimits;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is being typed in. Immutable.
 *
 * @param texts what is in each field
 * @param redact whether personal data is replaced before sending
 * @param httpConfirmed whether memories may go unencrypted to the host in the base URL
 * @param language in which an answer may be
 * @param before what is not on the screen comes from here
 */
record ModelDraft(
    Preset preset,
    KeyKind keyKind,
    Map<Field, String> texts,
    boolean redact,
    boolean httpConfirmed,
    AnswerLanguage language,
    ModelSettings before) {
  private static final long LONGEST_SECONDS = 3_600;
  private static final int MOST_AT_ONCE = 1_000;
  private static final int MOST = 1_000_000_000;
  private static final int LEAST_WINDOW = 1_000;
  // How many calls a memory may take in the time it has.
  private static final int CALLS_PER_ENTRY = 3;

  /** A field that is typed into. */
  enum Field {
    URL,
    MODEL,
    KEY,
    CA,
    TEMPERATURE,
    EFFORT,
    TIMEOUT,
    WINDOW,
    ANSWER,
    CONCURRENCY,
    REQUESTS,
    TOKENS,
    BUDGET
  }

  /** Where the key is. */
  enum KeyKind {
    NONE,
    ENVIRONMENT,
    KEYCHAIN
  }

  ModelDraft {
    texts = Map.copyOf(texts);
  }

  /** As these settings have it. */
  static ModelDraft of(ModelSettings model) {
    ModelLimits limits = model.limits();
    Map<Field, String> texts = new EnumMap<>(Field.class);
    texts.put(Field.URL, model.baseUrl());
    texts.put(Field.MODEL, model.model());
    String variable = model.key().environment();
    String entry = model.key().keychain();
    texts.put(Field.KEY, variable == null ? Objects.requireNonNullElse(entry, "") : variable);
    texts.put(Field.CA, Objects.requireNonNullElse(model.caFile(), ""));
    texts.put(Field.TEMPERATURE, plain(model.temperature()));
    texts.put(Field.EFFORT, Objects.requireNonNullElse(model.reasoningEffort(), ""));
    texts.put(Field.TIMEOUT, Long.toString(Math.max(1, limits.call().toSeconds())));
    texts.put(Field.WINDOW, Integer.toString(limits.contextTokens()));
    texts.put(Field.ANSWER, orNothing(limits.answerTokens()));
    texts.put(Field.CONCURRENCY, Integer.toString(limits.concurrency()));
    texts.put(Field.REQUESTS, orNothing(limits.requestsPerMinute()));
    texts.put(Field.TOKENS, orNothing(limits.tokensPerMinute()));
    BigDecimal budget = model.budget();
    texts.put(Field.BUDGET, budget == null ? "" : budget.toPlainString());
    return new ModelDraft(
        model.preset(),
        variable != null ? KeyKind.ENVIRONMENT : entry != null ? KeyKind.KEYCHAIN : KeyKind.NONE,
        texts,
        model.redact(),
        host(model.baseUrl()).filter(model.confirmedHttpHosts()::contains).isPresent(),
        model.language(),
        model);
  }

  private static String plain(@Nullable Double number) {
    return number == null ? "" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String orNothing(int limit) {
    return limit == 0 ? "" : Integer.toString(limit);
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.of(Endpoint.of(url).host());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What is in a field, without the white space around it. */
  String text(Field field) {
    return texts.getOrDefault(field, "").strip();
  }

  /** The host to which memories would go unencrypted; empty if they would not. */
  Optional<String> plainHost() {
    try {
      Endpoint endpoint = Endpoint.of(text(Field.URL));
      return endpoint.isEncrypted() || endpoint.isLoopback()
          ? Optional.empty()
          : Optional.of(endpoint.host());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The key of the sentence that says what is wrong with a field, for each that is wrong. */
  Map<Field, String> problems() {
    Map<Field, String> wrong = new EnumMap<>(Field.class);
    if (host(text(Field.URL)).isEmpty()) {
      wrong.put(Field.URL, "settings.bad.url");
    } else if (plainHost().isPresent() && !httpConfirmed) {
      wrong.put(Field.URL, "settings.bad.http");
    }
    if (text(Field.MODEL).isEmpty()) {
      wrong.put(Field.MODEL, "settings.bad.model");
    }
    if (keyKind != KeyKind.NONE && (text(Field.KEY).isEmpty() || key().problem().isPresent())) {
      wrong.put(Field.KEY, "settings.bad.key");
    }
    check(wrong, Field.CA, "settings.bad.ca", s -> s.isEmpty() || isWholePath(s));
    check(wrong, Field.TEMPERATURE, "settings.bad.temperature", ModelDraft::isTemperature);
    check(wrong, Field.TIMEOUT, "settings.bad.timeout", s -> isWithin(s, 1, LONGEST_SECONDS));
    check(wrong, Field.WINDOW, "settings.bad.window", s -> isWithin(s, LEAST_WINDOW, MOST));
    check(wrong, Field.ANSWER, "settings.bad.answer", s -> s.isEmpty() || isWithin(s, 1, MOST));
    check(wrong, Field.CONCURRENCY, "settings.bad.atOnce", s -> isWithin(s, 1, MOST_AT_ONCE));
    check(wrong, Field.REQUESTS, "settings.bad.rate", s -> s.isEmpty() || isWithin(s, 0, MOST));
    check(wrong, Field.TOKENS, "settings.bad.rate", s -> s.isEmpty() || isWithin(s, 0, MOST));
    check(wrong, Field.BUDGET, "settings.bad.budget", s -> s.isEmpty() || isAmount(s));
    return wrong;
  }

  private void check(
      Map<Field, String> wrong, Field field, String sentence, Predicate<String> isGood) {
    if (!isGood.test(text(field))) {
      wrong.put(field, sentence);
    }
  }

  private static boolean isTemperature(String text) {
    if (text.isEmpty()) {
      return true;
    }
    return isAmount(text) && new BigDecimal(text).compareTo(BigDecimal.TWO) <= 0;
  }

  private static boolean isWholePath(String text) {
    try {
      return Path.of(text).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether it is an amount of 0 or more, in plain digits. */
  static boolean isAmount(String text) {
    return text.matches("\\d{1,9}(\\.\\d{1,9})?");
  }

  private static boolean isWithin(String text, long least, long most) {
    if (!text.matches("\\d{1,10}")) {
      return false;
    }
    long number = Long.parseLong(text);
    return number >= least && number <= most;
  }

  private KeySource key() {
    return switch (keyKind) {
      case NONE -> KeySource.NONE;
      case ENVIRONMENT -> KeySource.ofEnvironment(text(Field.KEY));
      case KEYCHAIN -> KeySource.ofKeychain(text(Field.KEY));
    };
  }

  /** The settings that it stands for; there must be no problem but a missing model. */
  ModelSettings settings() {
    Duration call = Duration.ofSeconds(Long.parseLong(text(Field.TIMEOUT)));
    ModelLimits limits =
        before
            .limits()
            .withTimes(call, call.multipliedBy(CALLS_PER_ENTRY))
            .withContextTokens(Integer.parseInt(text(Field.WINDOW)))
            .withAnswerTokens(number(Field.ANSWER))
            .withConcurrency(Integer.parseInt(text(Field.CONCURRENCY)))
            .withRates(number(Field.REQUESTS), number(Field.TOKENS));
    String temperature = text(Field.TEMPERATURE);
    String effort = text(Field.EFFORT);
    String budget = text(Field.BUDGET);
    return new ModelSettings(
        preset,
        text(Field.URL),
        text(Field.MODEL),
        key(),
        temperature.isEmpty() ? null : Double.valueOf(temperature),
        effort.isEmpty() ? null : effort,
        limits,
        null,
        budget.isEmpty() ? null : new BigDecimal(budget),
        redact,
        httpConfirmed ? plainHost().map(List::of).orElse(List.of()) : List.of(),
        language,
        text(Field.CA));
  }

  private int number(Field field) {
    return text(field).isEmpty() ? 0 : Integer.parseInt(text(field));
  }
}
