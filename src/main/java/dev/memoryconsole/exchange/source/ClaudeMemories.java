package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Claude keeps no list of memories but pages of Markdown, one of all conversations and one a
 * project. Each paragraph and each bullet of them becomes a memory, with the headline above it.
 */
final class ClaudeMemories {
  static final String CONVERSATIONS = "conversations_memory";
  static final String PROJECTS = "project_memories";

  private static final Pattern HEADLINE =
      Pattern.compile("#{1,6}\\s+(.*?)\\s*#*|\\*\\*(.+?)\\*\\*:?");
  private static final Pattern BULLET = Pattern.compile("\\s*(?:[-*+•]|\\d+[.)])\\s+(.*)");

  private ClaudeMemories() {}

  /** The memories on the pages: objects with text, scope and section. */
  static List<JsonNode> of(JsonNode pages) {
    List<JsonNode> memories = new ArrayList<>();
    page(pages.path(CONVERSATIONS), "global", memories);
    pages
        .path(PROJECTS)
        .properties()
        .forEach(project -> page(project.getValue(), "project:" + project.getKey(), memories));
    return memories;
  }

  private static void page(JsonNode page, String scope, List<JsonNode> memories) {
    if (!page.isTextual()) {
      return;
    }
    String section = "";
    StringBuilder paragraph = new StringBuilder();
    for (String line : (page.textValue() + "\n").split("\\R", -1)) {
      var headline = HEADLINE.matcher(line.strip());
      var bullet = BULLET.matcher(line);
      boolean isHeadline = headline.matches();
      if (isHeadline || bullet.matches() || line.isBlank()) {
        add(paragraph, scope, section, memories);
      }
      if (isHeadline) {
        section = headline.group(1) != null ? headline.group(1) : headline.group(2);
      } else if (bullet.matches()) {
        paragraph.append(bullet.group(1).strip());
      } else if (!line.isBlank()) {
        paragraph.append(paragraph.isEmpty() ? "" : "\n").append(line.strip());
      }
    }
    add(paragraph, scope, section, memories);
  }

  private static void add(
      StringBuilder paragraph, String scope, String section, List<JsonNode> memories) {
    if (!paragraph.isEmpty()) {
      ObjectNode memory =
          JsonSource.MAPPER
              .createObjectNode()
              .put("text", paragraph.toString())
              .put("scope", scope);
      if (!section.isBlank()) {
        memory.put("section", section);
      }
      memories.add(memory);
      paragraph.setLength(0);
    }
  }
}
