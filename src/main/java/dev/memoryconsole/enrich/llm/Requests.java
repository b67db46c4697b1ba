package dev.memoryconsole.enrich.llm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.enrich.llm.Dialect.Format;
import dev.memoryconsole.enrich.llm.Dialect.Limit;
import dev.memoryconsole.enrich.llm.Dialect.Part;
import dev.memoryconsole.enrich.llm.prompt.Question;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the calls of the two protocols, OpenAI's and Anthropic's. Thread-safe. */
final class Requests {
  /** What Anthropic's protocol must be told, and what its models all can. */
  static final int ANTHROPIC_OUTPUT = 8_192;

  private static final String ANTHROPIC_VERSION = "2023-06-01";

  private final ModelSettings settings;
  private final boolean anthropic;

  Requests(ModelSettings settings, boolean anthropic) {
    this.settings = settings;
    this.anthropic = anthropic;
  }

  /** The name of the call. */
  String call() {
    return anthropic ? "messages" : "chat/completions";
  }

  /** The headers; the only place where the key goes. */
  Map<String, String> headers(Endpoint endpoint, Optional<Secret> key) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (anthropic) {
      headers.put("anthropic-version", ANTHROPIC_VERSION);
    }
    key.map(Secret::reveal)
        .ifPresent(
            secret -> {
              if (anthropic) {
                headers.put("x-api-key", secret);
              } else if (endpoint.isAzure() && !secret.startsWith("eyJ")) {
                // A token of Entra, unlike a key, goes the usual way there too.
                headers.put("api-key", secret);
              } else {
                headers.put("Authorization", "Bearer " + secret);
              }
            });
    return headers;
  }

  /** The body of one question. */
  String body(Question question, Dialect how) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("model", settings.model());
    boolean system = how.has(Part.SYSTEM);
    var messages = body.putArray("messages");
    if (system && anthropic) {
      body.put("system", question.system());
    } else if (system) {
      messages.addObject().put("role", "system").put("content", question.system());
    }
    messages
        .addObject()
        .put("role", "user")
        .put("content", system ? question.user() : question.system() + "\n" + question.user());
    if (how.has(Part.STREAM)) {
      // Some endpoints stream unless they are told not to.
      body.put("stream", false);
    }
    Double temperature = settings.temperature();
    if (temperature != null && how.has(Part.TEMPERATURE)) {
      body.put("temperature", temperature);
    }
    String effort = settings.reasoningEffort();
    if (!anthropic && effort != null && how.has(Part.EFFORT)) {
      body.put("reasoning_effort", effort);
    }
    limit(body, how.limit());
    format(body, question, how.format());
    return body.toString();
  }

  private void limit(ObjectNode body, Limit limit) {
    int tokens = settings.limits().answerTokens();
    if (anthropic) {
      body.put("max_tokens", tokens == 0 ? ANTHROPIC_OUTPUT : tokens);
    } else if (tokens > 0 && limit != Limit.NONE) {
      body.put(limit == Limit.MAX_TOKENS ? "max_tokens" : "max_completion_tokens", tokens);
    }
  }

  private void format(ObjectNode body, Question question, Format format) {
    if (format == Format.PROMPT || (anthropic && format == Format.OBJECT)) {
      return;
    }
    if (anthropic) {
      body.putObject("output_config")
          .putObject("format")
          .put("type", "json_schema")
          .set("schema", question.form().schema());
      return;
    }
    ObjectNode wanted = body.putObject("response_format");
    if (format == Format.OBJECT) {
      wanted.put("type", "json_object");
      return;
    }
    ObjectNode schema = wanted.put("type", "json_schema").putObject("json_schema");
    schema
        .put("name", question.form().title())
        .put("strict", true)
        .set("schema", question.form().schema());
  }
}
