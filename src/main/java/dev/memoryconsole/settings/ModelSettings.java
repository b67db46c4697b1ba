package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.memoryconsole.message.Message;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which model enriches memories, and how it is asked. Holds no secret.
 *
 * @param preset what it was started from; decides how the endpoint is spoken to
 * @param baseUrl such as {@code https://api.openai.com/v1}
 * @param model the model's name at that endpoint
 * @param key where the key is
 * @param temperature 0 to 2; null for the endpoint's own
 * @param reasoningEffort such as {@code low}; null for the endpoint's own
 * @param limits times, rates and window
 * @param price null to look it up in the price table
 * @param budget US dollars that one run may cost; null for no bound
 * @param redact whether e-mail addresses, keys and card numbers are replaced before sending
 * @param confirmedHttpHosts hosts, as {@code host:port}, to which the admin lets memories go
 *     unencrypted
 * @param language the languages an answer may be in
 * @param caFile a file of certificates of authorities that are trusted besides those Java knows;
 *     null for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelSettings(
    Preset preset,
    String baseUrl,
    String model,
    KeySource key,
    @Nullable Double temperature,
    @Nullable String reasoningEffort,
    ModelLimits limits,
    @Nullable Price price,
    @Nullable BigDecimal budget,
    boolean redact,
    List<String> confirmedHttpHosts,
    AnswerLanguage language,
    @Nullable String caFile) {

  /** A file may lack anything: what is missing becomes the default. */
  public ModelSettings {
    preset = orElse(preset, Preset.CUSTOM);
    baseUrl = orElse(baseUrl, "").strip();
    model = orElse(model, "").strip();
    key = orElse(key, KeySource.NONE);
    limits = orElse(limits, ModelLimits.DEFAULT);
    reasoningEffort =
        reasoningEffort == null || reasoningEffort.isBlank() ? null : reasoningEffort.strip();
    confirmedHttpHosts = List.copyOf(orElse(confirmedHttpHosts, List.of()));
    language = orElse(language, AnswerLanguage.MEMORY);
    caFile = caFile == null || caFile.isBlank() ? null : caFile.strip();
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  /** An endpoint that speaks as OpenAI does. */
  public static ModelSettings of(String baseUrl, String model, KeySource key) {
    return of(Preset.CUSTOM).with(baseUrl, model, key);
  }

  /** The settings to start from at this endpoint. */
  public static ModelSettings of(Preset preset) {
    return new ModelSettings(
        preset,
        preset.baseUrl(),
        preset.model(),
        preset.key(),
        null,
        null,
        ModelLimits.DEFAULT.withContextTokens(preset.contextTokens()),
        null,
        null,
        false,
        List.of(),
        AnswerLanguage.MEMORY,
        null);
  }

  /** Changes endpoint, model and key. */
  public ModelSettings with(String newBaseUrl, String newModel, KeySource newKey) {
    return changed(
        draft -> {
          draft.baseUrl = newBaseUrl;
          draft.model = newModel;
          draft.key = newKey;
        });
  }

  /** Changes the limits. */
  public ModelSettings withLimits(ModelLimits newLimits) {
    return changed(draft -> draft.limits = newLimits);
  }

  /** Changes the way of generating. */
  public ModelSettings withGeneration(@Nullable Double newTemperature, @Nullable String effort) {
    return changed(
        draft -> {
          draft.temperature = newTemperature;
          draft.reasoningEffort = effort;
        });
  }

  /** Changes price and budget. */
  public ModelSettings withCost(@Nullable Price newPrice, @Nullable BigDecimal newBudget) {
    return changed(
        draft -> {
          draft.price = newPrice;
          draft.budget = newBudget;
        });
  }

  /** Changes the rules about what leaves the machine, and how. */
  public ModelSettings withPrivacy(boolean redacted, List<String> httpHosts) {
    return changed(
        draft -> {
          draft.redact = redacted;
          draft.confirmedHttpHosts = httpHosts;
        });
  }

  /** Changes the languages of answers. */
  public ModelSettings withLanguage(AnswerLanguage newLanguage) {
    return changed(draft -> draft.language = newLanguage);
  }

  /** Changes the file of trusted authorities. */
  public ModelSettings withCaFile(@Nullable String file) {
    return changed(draft -> draft.caFile = file);
  }

  /**
   * Why these settings can't be used, one sentence; empty if they can. Nothing that could hold a
   * key or a password is repeated in it.
   */
  public Optional<Message> problem() {
    return key.problem()
        .or(() -> Endpoint.problem(baseUrl, confirmedHttpHosts))
        .or(() -> model.isEmpty() ? Optional.of(SettingsCode.NO_MODEL.with()) : Optional.empty())
        .or(
            () ->
                temperature != null && !(temperature >= 0 && temperature <= 2)
                    ? Optional.of(SettingsCode.TEMPERATURE_OUT_OF_RANGE.with())
                    : Optional.empty())
        .or(
            () ->
                budget != null && budget.signum() < 0
                    ? Optional.of(SettingsCode.BUDGET_NEGATIVE.with())
                    : Optional.empty());
  }

  private ModelSettings changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /** A copy whose parts can be changed one by one. */
  private static final class Draft {
    private Preset preset;
    private String baseUrl;
    private String model;
    private KeySource key;
    private @Nullable Double temperature;
    private @Nullable String reasoningEffort;
    private ModelLimits limits;
    private @Nullable Price price;
    private @Nullable BigDecimal budget;
    private boolean redact;
    private List<String> confirmedHttpHosts;
    private AnswerLanguage language;
    private @Nullable String caFile;

    Draft(ModelSettings from) {
      preset = from.preset;
      baseUrl = from.baseUrl;
      model = from.model;
      key = from.key;
      temperature = from.temperature;
      reasoningEffort = from.reasoningEffort;
      limits = from.limits;
      price = from.price;
      budget = from.budget;
      redact = from.redact;
      confirmedHttpHosts = from.confirmedHttpHosts;
      language = from.language;
      caFile = from.caFile;
    }

    ModelSettings settings() {
      return new ModelSettings(
          preset,
          baseUrl,
          model,
          key,
          temperature,
          reasoningEffort,
          limits,
          price,
          budget,
          redact,
          confirmedHttpHosts,
          language,
          caFile);
    }
  }
}
