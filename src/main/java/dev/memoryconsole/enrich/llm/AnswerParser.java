package dev.memoryconsole.enrich.llm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the JSON object in what a model wrote. Understood are code fences, text around, a reasoning
 * trace, trailing commas, raw line breaks in strings and a byte order mark; of a key that comes
 * twice the last counts, as in JavaScript. Anything else is a failure. Only the named keys are
 * read, whatever else there is. Stateless.
 */
final class AnswerParser {
  static final String ABSTRACT = "l0_abstract";
  static final String OVERVIEW = "l1_overview";
  static final String CONTENT = "l2_content";
  static final String CATEGORY = "resolved_category";
  static final String SUMMARY = "summary";

  private static final int MOST_STARTS = 50;
  private static final String END_OF_TRACE = "</think>";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private AnswerParser() {}

  /**
   * What was found.
   *
   * @param fields the texts of the wanted keys that are there and not null
   * @param repeated the wanted keys that came more than once
   */
  record Found(Map<String, String> fields, Set<String> repeated) {
    /** A field's text; empty if it is not there. */
    String get(String key) {
      return fields.getOrDefault(key, "");
    }
  }

  /**
   * Reads an answer.
   *
   * @param wanted the keys to read; one of them at least must be there
   * @throws CallException if there is no such object; says what came back instead
   */
  static Found parse(String answer, List<String> wanted) {
    String text = answer.startsWith("\ufeff") ? answer.substring(1) : answer;
    if (text.isBlank()) {
      throw bad("The model's answer is empty.");
    }
    String body = afterTrace(text);
    CallException wrong = null;
    int start = body.indexOf('{');
    for (int i = 0; i < MOST_STARTS && start >= 0; i++) {
      try {
        Found found = object(body.substring(start), wanted);
        if (!found.fields().isEmpty()) {
          return found;
        }
      } catch (IOException notJson) {
        // Perhaps the next brace opens the object.
      } catch (CallException wrongType) {
        wrong = wrong == null ? wrongType : wrong;
      }
      start = body.indexOf('{', start + 1);
    }
    throw wrong == null
        ? bad("The model's answer is not the JSON that was asked for: “" + Preview.of(text) + "”.")
        : wrong;
  }

  /** Without the reasoning trace in front, which may hold drafts. */
  private static String afterTrace(String text) {
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("```")) {
      return text;
    }
    int end = text.indexOf(END_OF_TRACE);
    if (end < 0 && start.startsWith("<think>")) {
      throw bad("The model's answer ends within its reasoning: “" + Preview.of(start) + "”.");
    }
    return end < 0 ? text : text.substring(end + END_OF_TRACE.length());
  }

  private static Found object(String json, List<String> wanted) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    Set<String> repeated = new LinkedHashSet<>();
    try (JsonParser parser = MAPPER.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (!wanted.contains(key)) {
          parser.skipChildren();
          continue;
        }
        if (!seen.add(key)) {
          repeated.add(key);
        }
        fields.remove(key);
        if (value == JsonToken.VALUE_STRING) {
          fields.put(key, Text.wellFormed(parser.getText()));
        } else if (value != JsonToken.VALUE_NULL) {
          throw bad("The model's “" + key + "” is not a text: “" + Preview.of(json) + "”.");
        }
      }
    } catch (JsonProcessingException e) {
      throw new IOException("No JSON object starts here.");
    }
    return new Found(fields, repeated);
  }

  private static CallException bad(String sentence) {
    return new CallException(FailureKind.BAD_ANSWER, sentence);
  }
}
