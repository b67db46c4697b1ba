package dev.memoryconsole.enrich.llm;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an endpoint takes. Starts with everything; each refusal that names a thing leaves it out, or
 * says it in another way, for the client's life. Immutable.
 *
 * @param format how the answer's form is asked for
 * @param limit how the limit of the answer's tokens is called
 * @param parts what else is sent
 */
record Dialect(Format format, Limit limit, Set<Part> parts) {
  private static final Pattern FORMAT =
      Pattern.compile(
          "response_format|json_schema|json_object|output_config|output_format|structured"
              + "|grammar|schema|requested parameters");
  private static final Pattern EFFORT = Pattern.compile("reasoning|effort|thinking");
  private static final Pattern REFUSED =
      Pattern.compile(
          "unsupported|not support|unrecognized|unknown|extra|not permitted|unexpected|instead"
              + "|not allowed|no longer|invalid (?:parameter|argument|field)|unavailable");
  private static final Pattern LIMIT =
      Pattern.compile("max_tokens|max_completion_tokens|max_output_tokens");
  private static final Pattern STREAM = Pattern.compile("\\bstream\\b");
  // Also a model's own template of a conversation, and Gemma's behind Gemini's endpoint.
  private static final Pattern SYSTEM =
      Pattern.compile(
          "system[_' ](?:role|message|prompt|instruction)s?|role[^.]{0,60}\\bsystem\\b"
              + "|\\bsystem\\b[^.]{0,30}role|developer (?:instruction|message|role)"
              + "|roles must alternate|only user (?:and|or|,)|messages\\[0\\]\\.role"
              + "|\"messages\",\\s*0,\\s*\"role\"|(?:incorrect|invalid|unsupported|unknown) role");

  /** How the answer's form is asked for. */
  enum Format {
    /** By a JSON schema. */
    SCHEMA,
    /** As any JSON object. */
    OBJECT,
    /** By the prompt alone. */
    PROMPT
  }

  /** How the limit of the answer's tokens is called. */
  enum Limit {
    /** By its old name, which most endpoints know. */
    MAX_TOKENS,
    /** By the name OpenAI's newer models want. */
    MAX_COMPLETION_TOKENS,
    /** Not at all. */
    NONE
  }

  /** What may be left out. */
  enum Part {
    TEMPERATURE,
    EFFORT,
    /** That the answer is wanted whole. */
    STREAM,
    /** A message of its own for the instructions; without it they go before the user's. */
    SYSTEM
  }

  static final Dialect FULL =
      new Dialect(Format.SCHEMA, Limit.MAX_TOKENS, EnumSet.allOf(Part.class));

  boolean has(Part part) {
    return parts.contains(part);
  }

  /**
   * What to try after a refusal.
   *
   * @param said the endpoint's words
   * @param objects whether the protocol knows {@link Format#OBJECT}
   * @param vague whether the refusal may be about the format though it names nothing
   * @return empty if nothing is left to leave out
   */
  Optional<Dialect> afterRefusal(String said, boolean objects, boolean vague) {
    String refusal = said.toLowerCase(Locale.ROOT);
    boolean refused = REFUSED.matcher(refusal).find();
    if (limit != Limit.NONE && refused && LIMIT.matcher(refusal).find()) {
      return Optional.of(
          new Dialect(
              format, limit == Limit.MAX_TOKENS ? Limit.MAX_COMPLETION_TOKENS : Limit.NONE, parts));
    }
    if (has(Part.SYSTEM) && SYSTEM.matcher(refusal).find()) {
      return Optional.of(without(Part.SYSTEM));
    }
    if (has(Part.TEMPERATURE) && refusal.contains("temperature")) {
      return Optional.of(without(Part.TEMPERATURE));
    }
    if (format != Format.PROMPT && FORMAT.matcher(refusal).find()) {
      return Optional.of(plainer(objects));
    }
    if (has(Part.EFFORT) && EFFORT.matcher(refusal).find()) {
      return Optional.of(without(Part.EFFORT));
    }
    if (has(Part.STREAM) && refused && STREAM.matcher(refusal).find()) {
      return Optional.of(without(Part.STREAM));
    }
    // Many endpoints refuse without saying what.
    return vague && format != Format.PROMPT ? Optional.of(plainer(objects)) : Optional.empty();
  }

  private Dialect without(Part part) {
    Set<Part> fewer = EnumSet.copyOf(parts);
    fewer.remove(part);
    return new Dialect(format, limit, fewer);
  }

  private Dialect plainer(boolean objects) {
    return new Dialect(
        format == Format.SCHEMA && objects ? Format.OBJECT : Format.PROMPT, limit, parts);
  }
}
