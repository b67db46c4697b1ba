package dev.memoryconsole.enrich.llm;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an endpoint takes. Starts with everything; each refusal that names a thing leaves it out,
 * for the client's life.
 *
 * @param format how the answer's form is asked for
 * @param temperature whether the temperature is sent
 * @param effort whether the reasoning effort is sent
 */
record Dialect(Format format, boolean temperature, boolean effort) {
  private static final Pattern FORMAT =
      Pattern.compile(
          "response_format|json_schema|json_object|output_config|output_format|structured"
              + "|grammar|schema");
  private static final Pattern EFFORT = Pattern.compile("reasoning|effort|thinking");

  /** How the answer's form is asked for. */
  enum Format {
    /** By a JSON schema. */
    SCHEMA,
    /** As any JSON object. */
    OBJECT,
    /** By the prompt alone. */
    PROMPT
  }

  static final Dialect FULL = new Dialect(Format.SCHEMA, true, true);

  /**
   * What to try after a refusal.
   *
   * @param objects whether the protocol knows {@link Format#OBJECT}
   * @return empty if nothing is left to leave out
   */
  Optional<Dialect> afterRefusal(String said, boolean objects) {
    String refusal = said.toLowerCase(Locale.ROOT);
    if (temperature && refusal.contains("temperature")) {
      return Optional.of(new Dialect(format, false, effort));
    }
    if (format != Format.PROMPT && FORMAT.matcher(refusal).find()) {
      return Optional.of(plainer(objects));
    }
    if (effort && EFFORT.matcher(refusal).find()) {
      return Optional.of(new Dialect(format, temperature, false));
    }
    // Many endpoints refuse without saying what.
    return format == Format.PROMPT ? Optional.empty() : Optional.of(plainer(objects));
  }

  private Dialect plainer(boolean objects) {
    return new Dialect(
        format == Format.SCHEMA && objects ? Format.OBJECT : Format.PROMPT, temperature, effort);
  }
}
