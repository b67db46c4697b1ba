package dev.memoryconsole.exchange.form;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.memoryconsole.memory.MemoryEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Memories as text, to be pasted elsewhere. Stateless. */
public enum EntryClip {
  /** The texts alone, with an empty line between them. */
  TEXT {
    @Override
    public String of(List<MemoryEntry> entries) {
      return entries.stream().map(MemoryEntry::text).collect(Collectors.joining("\n\n"));
    }
  },
  /** The ids, one a line. */
  ID {
    @Override
    public String of(List<MemoryEntry> entries) {
      return entries.stream().map(MemoryEntry::id).collect(Collectors.joining("\n"));
    }
  },
  /** As a table with a head, in which no cell is a formula. */
  CSV {
    @Override
    public String of(List<MemoryEntry> entries) {
      return entries.stream()
          .map(EntryCsv::line)
          .collect(Collectors.joining("", EntryCsv.HEAD, ""));
    }
  },
  /** One memory a line, as an export has them. */
  JSON {
    @Override
    public String of(List<MemoryEntry> entries) {
      return entries.stream().map(EntryClip::json).collect(Collectors.joining("\n"));
    }
  },
  /** As a list, with whose and what each is. */
  MARKDOWN {
    @Override
    public String of(List<MemoryEntry> entries) {
      return entries.stream().map(EntryClip::item).collect(Collectors.joining("\n"));
    }
  };

  /** The text to paste. */
  public abstract String of(List<MemoryEntry> entries);

  private static String json(MemoryEntry entry) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = EntryJson.MAPPER.createGenerator(text)) {
      EntryJson.write(json, entry);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static String item(MemoryEntry entry) {
    String about =
        List.of(
                Objects.requireNonNullElse(entry.category(), ""),
                Objects.requireNonNullElse(entry.scope(), ""),
                entry.id())
            .stream()
            .filter(part -> !part.isEmpty())
            .map(part -> code(part))
            .collect(Collectors.joining(", "));
    return "- " + entry.text().strip().replaceAll("\\R", "\n  ") + " (" + about + ")";
  }

  private static String code(String text) {
    return text.indexOf('`') < 0 ? '`' + text + '`' : "`` " + text + " ``";
  }
}
