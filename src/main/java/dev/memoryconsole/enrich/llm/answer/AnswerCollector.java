package dev.memoryconsole.enrich.llm.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.llm.failure.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one answer from the documents it comes in, one or many: OpenAI's chat, completions and
 * responses, Anthropic's messages, Ollama's own form, Gemini's candidates. Confined to one thread.
 */
final class AnswerCollector {
  private final StringBuilder content = new StringBuilder();
  private final StringBuilder trace = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final Map<String, StringBuilder> calls = new TreeMap<>();
  private String finish = "";
  private String model = "";
  private boolean known;
  private boolean ended;
  private @Nullable Integer input;
  private @Nullable Integer output;

  /** Whether anything was in a form that is known. */
  boolean isKnown() {
    return known;
  }

  /** Whether the end of the answer was seen; a stream may break off before. */
  boolean isEnded() {
    return ended || !finish.isEmpty();
  }

  void end() {
    ended = true;
  }

  String refusal() {
    return refusal.toString();
  }

  /** Takes in one document: a whole answer, or a piece of a stream. */
  void add(JsonNode json) {
    name(json);
    usage(json.path("usage"));
    usage(json.path("usageMetadata"));
    usage(json);
    JsonNode choice = json.path("choices").path(0);
    if (choice.isObject()) {
      known = true;
      finish(choice.path("finish_reason"));
      finish(choice.path("stop_reason"));
      message(choice.path("message"));
      message(choice.path("delta"));
      text(choice.path("text"), content);
    }
    JsonNode candidate = json.path("candidates").path(0);
    if (candidate.isObject()) {
      known = true;
      finish(candidate.path("finishReason"));
      parts(candidate.path("content").path("parts"));
    }
    String blocked = json.path("promptFeedback").path("blockReason").asText();
    if (!blocked.isEmpty()) {
      known = true;
      finish = "safety";
    }
    if (json.path("message").isObject()) {
      // Ollama's chat; Cohere's; the start of Anthropic's stream.
      known = true;
      message(json.path("message"));
      name(json.path("message"));
      usage(json.path("message").path("usage"));
    }
    if (json.path("response").isTextual()) {
      known = true;
      text(json.path("response"), content);
      text(json.path("thinking"), trace);
    }
    if (json.path("content").isArray()) {
      known = true;
      parts(json.path("content"));
    }
    if (json.path("output").isArray()) {
      known = true;
      json.path("output").forEach(this::item);
    }
    finish(json.path("done_reason"));
    finish(json.path("stop_reason"));
    finish(json.path("finish_reason"));
    finish(json.path("incomplete_details").path("reason"));
    ended |= json.path("done").asBoolean();
    event(json);
  }

  /** One event of Anthropic's stream, or of OpenAI's responses. */
  private void event(JsonNode json) {
    String type = json.path("type").asText();
    JsonNode delta = json.path("delta");
    switch (type) {
      case "content_block_start" -> part(json.path("content_block"), json.path("index").asText());
      case "content_block_delta" -> {
        known = true;
        text(delta.path("text"), content);
        text(delta.path("thinking"), trace);
        call(json.path("index").asText(), delta.path("partial_json"));
      }
      case "message_delta" -> finish(delta.path("stop_reason"));
      case "message_stop" -> ended = true;
      case "response.output_text.delta" -> {
        known = true;
        text(delta, content);
      }
      case "response.completed", "response.incomplete" -> {
        ended = true;
        if (content.isEmpty()) {
          add(json.path("response"));
        } else {
          finish(json.path("response").path("incomplete_details").path("reason"));
        }
      }
      default -> {
        // Nothing of an answer.
      }
    }
  }

  private void message(JsonNode message) {
    if (message.isTextual()) {
      text(message, content);
      return;
    }
    JsonNode said = message.path("content");
    if (said.isArray()) {
      parts(said);
    } else if (said.isObject()) {
      part(said, "");
    } else {
      text(said, content);
    }
    reasoning(message);
    text(message.path("refusal"), refusal);
    JsonNode tools = message.path("tool_calls");
    for (int i = 0; i < tools.size(); i++) {
      JsonNode tool = tools.path(i);
      String place = tool.path("index").asText(Integer.toString(i));
      call(place, tool.path("function").path("arguments"));
      call(place, tool.path("custom").path("input"));
    }
    call("f", message.path("function_call").path("arguments"));
  }

  /** The first of these that is there: gateways send the same trace under several names. */
  private void reasoning(JsonNode message) {
    for (String key : List.of("reasoning_content", "reasoning", "thinking", "thoughts")) {
      JsonNode reasoning = message.path(key);
      if (reasoning.isTextual()) {
        text(reasoning, trace);
        return;
      }
      if (reasoning.isObject() || reasoning.isArray()) {
        text(reasoning.path("text"), trace);
        text(reasoning.path("content"), trace);
        reasoning.forEach(one -> text(one.path("text"), trace));
        return;
      }
    }
    message.path("reasoning_details").forEach(one -> text(one.path("text"), trace));
  }

  private void parts(JsonNode parts) {
    for (int i = 0; i < parts.size(); i++) {
      part(parts.path(i), "p" + i);
    }
  }

  private void part(JsonNode part, String place) {
    if (part.isTextual()) {
      text(part, content);
      return;
    }
    String type = part.path("type").asText("text").toLowerCase(Locale.ROOT);
    if (part.path("thought").asBoolean()
        || type.contains("thinking")
        || type.contains("reasoning")) {
      text(part.path("text"), trace);
      text(part.path("thinking"), trace);
      part.path("thinking").forEach(one -> text(one.path("text"), trace));
      part.path("summary").forEach(one -> text(one.path("text"), trace));
      return;
    }
    text(part.path("refusal"), refusal);
    text(part.path("text"), content);
    text(part.path("text").path("value"), content);
    if (part.path("content").isTextual()) {
      text(part.path("content"), content);
    }
    if (part.path("json").isContainerNode()) {
      content.append(part.path("json"));
    }
    if (!type.equals("content_block_start") && !part.path("input").isEmpty()) {
      call(place, part.path("input"));
    }
    call(place, part.path("functionCall").path("args"));
  }

  /** One item of OpenAI's responses. */
  private void item(JsonNode item) {
    switch (item.path("type").asText()) {
      case "reasoning" -> {
        item.path("summary").forEach(one -> text(one.path("text"), trace));
        item.path("content").forEach(one -> text(one.path("text"), trace));
      }
      case "function_call" -> call("r", item.path("arguments"));
      default -> parts(item.path("content"));
    }
  }

  private void call(String place, JsonNode arguments) {
    if (arguments.isContainerNode() || (arguments.isTextual() && !arguments.asText().isEmpty())) {
      calls
          .computeIfAbsent(place, none -> new StringBuilder())
          .append(arguments.isTextual() ? arguments.asText() : arguments.toString());
    }
  }

  private static void text(JsonNode text, StringBuilder to) {
    if (text.isTextual()) {
      to.append(text.asText());
    }
  }

  private void finish(JsonNode reason) {
    if (reason.isTextual() && !reason.asText().isBlank()) {
      finish = reason.asText().strip().toLowerCase(Locale.ROOT);
    }
  }

  private void name(JsonNode json) {
    for (String key : List.of("model", "modelVersion")) {
      if (model.isEmpty() && json.path(key).isTextual()) {
        model = Excerpt.of(json.path(key).asText());
      }
    }
  }

  private void usage(JsonNode usage) {
    for (String key :
        List.of("prompt_tokens", "input_tokens", "promptTokenCount", "prompt_eval_count")) {
      Integer tokens = tokens(usage.path(key));
      input = tokens == null ? input : tokens;
    }
    for (String key :
        List.of("completion_tokens", "output_tokens", "candidatesTokenCount", "eval_count")) {
      Integer tokens = tokens(usage.path(key));
      output = tokens == null ? output : tokens;
    }
  }

  private static @Nullable Integer tokens(JsonNode count) {
    double tokens = count.isNumber() || count.isTextual() ? count.asDouble(-1) : -1;
    return tokens >= 0 && tokens <= Integer.MAX_VALUE ? (int) tokens : null;
  }

  /** What was gathered. */
  Reply reply() {
    List<String> texts = new ArrayList<>();
    if (!content.isEmpty()) {
      texts.add(content.toString());
    }
    calls.values().forEach(call -> texts.add(call.toString()));
    return new Reply(texts, trace.toString(), end(texts), input, output, model);
  }

  private Reply.End end(List<String> texts) {
    return switch (finish) {
      case "length",
          "max_tokens",
          "max_output_tokens",
          "model_length",
          "token_limit",
          "model_context_window_exceeded",
          "context_length_exceeded" ->
          Reply.End.LENGTH;
      case "content_filter",
          "safety",
          "recitation",
          "prohibited_content",
          "blocklist",
          "spii",
          "sensitive",
          "guardrail_intervened" ->
          Reply.End.FILTER;
      case "refusal" ->
          texts.stream().allMatch(String::isBlank) ? Reply.End.FILTER : Reply.End.DONE;
      default -> Reply.End.DONE;
    };
  }
}
