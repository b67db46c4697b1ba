package dev.memoryconsole.enrich.llm.answer;

import java.util.Map;
import java.util.Set;

/**
 * What a model's answer says under the keys that are read.
 *
 * @param fields the texts of the wanted keys that are there and not null
 * @param repeated the wanted keys that came more than once
 */
public record AnswerFields(Map<String, String> fields, Set<String> repeated) {
  /** The one-sentence layer. */
  public static final String ABSTRACT = "l0_abstract";

  /** The layer of bullets. */
  public static final String OVERVIEW = "l1_overview";

  /** The full-text layer. */
  public static final String CONTENT = "l2_content";

  /** The category. */
  public static final String CATEGORY = "resolved_category";

  /** What a part of a long memory says. */
  public static final String SUMMARY = "summary";

  /** A field's text; empty if it is not there. */
  public String get(String key) {
    return fields.getOrDefault(key, "");
  }
}
