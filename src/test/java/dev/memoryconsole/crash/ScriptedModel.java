package dev.memoryconsole.crash;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model that answers every text alike, whichever process asks, and writes each call into a file
 * that outlives the process. Fails for two of the memories.
 */
final class ScriptedModel implements Enricher {
  private final Path calls;

  ScriptedModel(Path calls) {
    this.calls = calls;
  }

  /** How often each memory's text was sent. */
  static Map<String, Integer> callsIn(Path file) throws IOException {
    Map<String, Integer> calls = new TreeMap<>();
    if (Files.exists(file)) {
      Files.readAllLines(file).forEach(line -> calls.merge(line, 1, Integer::sum));
    }
    return calls;
  }

  /** The line of the file that stands for a call. */
  static String line(String id, String text) {
    return id + " " + Integer.toHexString(text.hashCode());
  }

  @Override
  public String name() {
    return "llm:scripted";
  }

  @Override
  public Enriched enrich(MemoryEntry entry) throws EnrichmentException {
    StepTap.step("model asked");
    try {
      Files.writeString(
          calls,
          line(entry.id(), entry.text()) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.DSYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (entry.id().equals("m7") || entry.id().equals("m23")) {
      throw new EnrichmentException(Message.verbatim("The model timed out after 30 s."));
    }
    StepTap.step("model answers");
    return new Enriched(
        new Enrichment(
            "About " + entry.id(), "- About " + entry.id(), entry.text(), MemoryCategory.EVENTS),
        Message.NONE);
  }
}
