package dev.memoryconsole.enrich.llm;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.memoryconsole.memory.MemoryCategory;
import java.util.Arrays;
import java.util.List;

/**
 * One question to the model.
 *
 * @param system what to do
 * @param user the memory, as data
 * @param form what the answer must look like
 */
record Ask(String system, String user, Form form) {
  /** The forms of answers, with the only keys that are read of them. */
  enum Form {
    /** All three layers. */
    LAYERS,
    /** Without the full content, which is too long to be repeated. */
    WITHOUT_CONTENT,
    /** The summary of a part of a long memory. */
    PART;

    List<String> keys() {
      return switch (this) {
        case LAYERS ->
            List.of(
                AnswerParser.ABSTRACT,
                AnswerParser.OVERVIEW,
                AnswerParser.CONTENT,
                AnswerParser.CATEGORY);
        case WITHOUT_CONTENT ->
            List.of(AnswerParser.ABSTRACT, AnswerParser.OVERVIEW, AnswerParser.CATEGORY);
        case PART -> List.of(AnswerParser.SUMMARY);
      };
    }

    JsonSchema schema() {
      JsonObjectSchema.Builder object = JsonObjectSchema.builder();
      for (String key : keys()) {
        if (key.equals(AnswerParser.CATEGORY)) {
          object.addEnumProperty(
              key, Arrays.stream(MemoryCategory.values()).map(MemoryCategory::key).toList());
        } else {
          object.addStringProperty(key);
        }
      }
      // The strict form wants every key to be required.
      return JsonSchema.builder()
          .name(this == PART ? "memory_part" : "memory_layers")
          .rootElement(object.required(keys()).additionalProperties(false).build())
          .build();
    }
  }
}
