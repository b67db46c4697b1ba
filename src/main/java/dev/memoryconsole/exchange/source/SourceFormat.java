package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.message.Message;
import java.util.Collection;
import java.util.List;

/** Whose memories a file holds. */
public enum SourceFormat {
  /** The plugin's export or backup; comes in field for field, without a mapping. */
  PLUGIN(SourceCode.OF_THE_PLUGIN),
  /** What mem0's {@code get_all}, export or vector store hold. */
  MEM0(SourceCode.OF_MEM0),
  /** What ChatGPT's memory settings load. */
  CHATGPT(SourceCode.OF_CHATGPT),
  /** {@code memories.json} of Claude's data export: whole pages of Markdown. */
  CLAUDE(SourceCode.OF_CLAUDE),
  /** Objects with a text under one of the usual names, or nothing but the texts. */
  PLAIN(SourceCode.OF_ANOTHER_TOOL),
  /** JSON without any memory in it. */
  UNKNOWN(SourceCode.OF_UNKNOWN_KIND);

  private static final List<String> CHATGPT_ONLY =
      List.of("gizmo_id", "conversation_id", "created_timestamp", "last_updated");
  private static final List<String> PLUGIN_ONLY = List.of("metadata", "timestamp");

  private final SourceCode words;

  SourceFormat(SourceCode words) {
    this.words = words;
  }

  /** What to call it, for example {@code mem0's memories}. */
  public Message words() {
    return words.with();
  }

  /** Whether its fields must be mapped to ours. */
  public boolean isForeign() {
    return this != PLUGIN && this != UNKNOWN;
  }

  /** The most specific format that any of these values shows: the first in this enum's order. */
  static SourceFormat of(Collection<JsonNode> sample) {
    SourceFormat found = UNKNOWN;
    for (JsonNode value : sample) {
      SourceFormat each = of(value);
      if (each.compareTo(found) < 0) {
        found = each;
      }
    }
    return found;
  }

  private static SourceFormat of(JsonNode value) {
    if (value.isTextual() && !value.textValue().isBlank()) {
      return PLAIN;
    }
    if (!value.isObject() || !Fields.isMemory(value)) {
      return UNKNOWN;
    }
    if (value.has(ClaudeMemories.CONVERSATIONS) || value.has(ClaudeMemories.PROJECTS)) {
      return CLAUDE;
    }
    if (value.path("id").isTextual() && value.path("text").isTextual()) {
      boolean plugin = PLUGIN_ONLY.stream().anyMatch(value::has);
      return plugin || !Fields.hasOthersNames(value) ? PLUGIN : PLAIN;
    }
    if (value.path("memory").isTextual() || Fields.at(value, "payload.data") != null) {
      return MEM0;
    }
    if (value.path("content").isTextual() && CHATGPT_ONLY.stream().anyMatch(value::has)) {
      return CHATGPT;
    }
    return PLAIN;
  }
}
