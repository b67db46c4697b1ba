package dev.memoryconsole.enrich.llm.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.EndpointCode;
import dev.memoryconsole.enrich.llm.failure.ErrorBody;
import dev.memoryconsole.enrich.llm.failure.Excerpt;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.enrich.llm.failure.HttpFailures;
import dev.memoryconsole.enrich.llm.failure.LenientJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the body of a call that went well: an answer in any of the forms in use, whole or as a
 * stream that nobody asked for, or the report of a failure. Stateless.
 */
public final class Answers {
  private static final Pattern STREAM = Pattern.compile("(?:data|event|id|retry)\\s*:");
  private static final String DONE = "[DONE]";
  private static final int DEEPEST_WRAPPING = 3;

  private Answers() {}

  /**
   * The answer in a body.
   *
   * @throws CallException if there is none
   */
  public static Reply read(String body, HttpFailures failures) {
    String text = withoutComments(body);
    refuseWhatIsNoAnswer(text);
    List<JsonNode> documents = documents(text);
    AnswerCollector collector = new AnswerCollector();
    JsonNode first = documents.isEmpty() ? MissingNode.getInstance() : documents.getFirst();
    boolean streamed = documents.size() > 1 || isStream(text);
    for (JsonNode document : documents) {
      JsonNode choice = document.path("choices").path(0);
      JsonNode failure =
          ErrorBody.isError(choice) && !isWritten(choice)
              ? choice
              : ErrorBody.isError(document) && !hasAnswer(document) ? document : null;
      if (failure != null) {
        throw failures.ofErrorIn200(ErrorBody.of(failure.toString()), null);
      }
      collector.add(document);
    }
    if (text.contains(DONE)) {
      collector.end();
    }
    for (int i = 0; !collector.isKnown() && i < DEEPEST_WRAPPING; i++) {
      first = unwrapped(first);
      collector.add(first);
    }
    if (!collector.isKnown()) {
      throw new CallException(
          FailureKind.BAD_ENVELOPE, EndpointCode.NO_ANSWERS_FORM.with(Excerpt.of(text)));
    }
    if (streamed && !collector.isEnded()) {
      throw new CallException(FailureKind.CONNECTION_BROKEN, EndpointCode.BROKE_OFF.with());
    }
    Reply reply = collector.reply();
    if (!collector.refusal().isBlank() && reply.texts().stream().allMatch(String::isBlank)) {
      throw new CallException(
          FailureKind.FILTERED, EndpointCode.MODEL_REFUSED.with(Excerpt.of(collector.refusal())));
    }
    return reply;
  }

  /** The names in a list of models, sorted; empty if it is none. */
  public static List<String> models(String body, HttpFailures failures) {
    String text = withoutComments(body);
    refuseWhatIsNoAnswer(text);
    List<JsonNode> documents = documents(text);
    Set<String> names = new LinkedHashSet<>();
    if (!documents.isEmpty()) {
      JsonNode json = documents.getFirst();
      boolean list = false;
      for (JsonNode place :
          List.of(json, json.path("data"), json.path("models"), json.path("result"))) {
        if (place.isArray() && !place.path(0).has("error")) {
          list = true;
          place.forEach(model -> name(model, names));
        }
      }
      if (!list && ErrorBody.isError(json)) {
        throw failures.ofErrorIn200(ErrorBody.of(text), null);
      }
    }
    return names.stream().sorted().toList();
  }

  private static void name(JsonNode model, Set<String> names) {
    if (model.isTextual()) {
      names.add(Excerpt.line(model.asText()));
      return;
    }
    for (String key : List.of("id", "model", "name", "key")) {
      String name = Excerpt.line(model.path(key).asText());
      if (!name.isEmpty()) {
        names.add(name);
        return;
      }
    }
  }

  private static boolean isWritten(JsonNode choice) {
    JsonNode message = choice.path("message");
    return !message.path("content").asText().isBlank() || message.path("content").size() > 0;
  }

  private static boolean hasAnswer(JsonNode json) {
    return json.path("choices").path(0).isObject()
        || json.path("candidates").path(0).isObject()
        || json.path("message").isObject()
        || json.path("content").isArray()
        || json.path("response").isTextual()
        || json.path("output").isArray();
  }

  private static JsonNode unwrapped(JsonNode json) {
    if (json.isArray()) {
      return json.path(0);
    }
    for (String key : List.of("result", "data", "response", "body", "completion")) {
      JsonNode inside = json.path(key);
      if (inside.isObject()) {
        return inside;
      }
      if (inside.isTextual() && inside.asText().stripLeading().startsWith("{")) {
        List<JsonNode> documents = documents(inside.asText());
        return documents.isEmpty() ? MissingNode.getInstance() : documents.getFirst();
      }
    }
    return MissingNode.getInstance();
  }

  private static void refuseWhatIsNoAnswer(String body) {
    if (body.isBlank()) {
      throw new CallException(FailureKind.NOT_AN_ENDPOINT, EndpointCode.EMPTY.with());
    }
    if (ErrorBody.isPage(body)) {
      throw new CallException(
          FailureKind.NOT_AN_ENDPOINT,
          EndpointCode.WEB_PAGE.with().then(HttpFailures.said(ErrorBody.of(body))));
    }
  }

  /** Without what routers send to keep a connection open: lines that begin with a colon. */
  private static String withoutComments(String body) {
    String text = body.stripLeading();
    while (text.startsWith(":")) {
      int end = text.indexOf('\n');
      text = end < 0 ? "" : text.substring(end + 1).stripLeading();
    }
    return text;
  }

  private static boolean isStream(String text) {
    return STREAM.matcher(text).lookingAt();
  }

  /**
   * The JSON documents of a body: one; the events of a stream; or one a line, as Ollama streams.
   */
  private static List<JsonNode> documents(String text) {
    List<JsonNode> documents = new ArrayList<>();
    try {
      if (isStream(text)) {
        for (String event : events(text)) {
          if (!event.strip().equals(DONE)) {
            documents.add(LenientJson.MAPPER.readTree(event));
          }
        }
      } else {
        try (JsonParser parser = LenientJson.MAPPER.createParser(text)) {
          while (parser.nextToken() != null) {
            JsonNode document = LenientJson.MAPPER.readTree(parser);
            documents.add(document);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof CallException known) {
        throw known;
      }
      throw new CallException(
          FailureKind.BAD_ENVELOPE, EndpointCode.NOT_JSON.with(Excerpt.of(text)));
    }
    return documents;
  }

  /** The data of each event of a stream of server-sent events (HTML standard, section 9.2.6). */
  private static List<String> events(String text) {
    List<String> events = new ArrayList<>();
    StringBuilder data = new StringBuilder();
    for (String line : text.split("\\r\\n|\\n|\\r", -1)) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.add(data.toString());
          data.setLength(0);
        }
      } else if (line.startsWith("data:")) {
        String piece = line.substring(5).stripLeading();
        // Some servers leave out the empty line between events.
        if (!data.isEmpty() && (piece.startsWith("{") || piece.equals(DONE)) && isWhole(data)) {
          events.add(data.toString());
          data.setLength(0);
        }
        data.append(data.isEmpty() ? "" : "\n").append(piece);
      }
    }
    if (!data.isEmpty()) {
      events.add(data.toString());
    }
    return events;
  }

  private static boolean isWhole(StringBuilder data) {
    return data.charAt(data.length() - 1) == '}';
  }
}
