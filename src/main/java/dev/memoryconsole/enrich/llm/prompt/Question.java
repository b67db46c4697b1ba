package dev.memoryconsole.enrich.llm.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.enrich.llm.answer.AnswerFields;
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
public record Question(String system, String user, Form form) {
  /** The forms of answers, with the only keys that are read of them. */
  public enum Form {
    /** All three layers. */
    LAYERS,
    /** Without the full content, which is too long to be repeated. */
    WITHOUT_CONTENT,
    /** The summary of a part of a long memory. */
    PART;

    /** The only keys that are read of such an answer. */
    public List<String> keys() {
      return switch (this) {
        case LAYERS ->
            List.of(
                AnswerFields.ABSTRACT,
                AnswerFields.OVERVIEW,
                AnswerFields.CONTENT,
                AnswerFields.CATEGORY);
        case WITHOUT_CONTENT ->
            List.of(AnswerFields.ABSTRACT, AnswerFields.OVERVIEW, AnswerFields.CATEGORY);
        case PART -> List.of(AnswerFields.SUMMARY);
      };
    }

    /** Its name in the strict form. */
    public String title() {
      return this == PART ? "memory_part" : "memory_layers";
    }

    /** The schema in its strict form, which wants every key to be required. */
    public ObjectNode schema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
      ObjectNode properties = schema.putObject("properties");
      ArrayNode required = schema.putArray("required");
      for (String key : keys()) {
        ObjectNode property = properties.putObject(key).put("type", "string");
        if (key.equals(AnswerFields.CATEGORY)) {
          ArrayNode allowed = property.putArray("enum");
          Arrays.stream(MemoryCategory.values()).map(MemoryCategory::key).forEach(allowed::add);
        }
        required.add(key);
      }
      return schema.put("additionalProperties", false);
    }
  }
}
