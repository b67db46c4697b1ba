package dev.memoryconsole.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.store.MemoryStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Imports the plugin's export and its backup; which of the two is told from the content. Reads as a
 * stream: a file of any size needs little memory. Stateless.
 */
public final class Importer {
  private static final String NO_KNOWN_FORMAT =
      " is neither a memory export (JSON) nor a backup (one JSON object a line); nothing was"
          + " imported.";

  private Importer() {}

  /**
   * Imports a file. What can't be read is reported by its line, the rest is imported.
   *
   * @param progress told now and then how many memories were read
   * @throws ExchangeException if the file can't be read or holds no memory at all; nothing was
   *     imported
   * @throws InterruptedException if interrupted; what was imported before stays
   */
  public static ImportReport importFile(
      Path file, MemoryStore store, ExistingRows existing, LongConsumer progress)
      throws InterruptedException {
    check(file);
    EntrySink sink = new EntrySink(store, existing, progress);
    try {
      if (isDocument(file)) {
        readDocument(file, sink);
      } else {
        readLines(file, sink);
      }
    } catch (IOException e) {
      throw new ExchangeException(
          "The file " + file + " can't be read; what was imported so far stays.", e);
    }
    ImportReport report = sink.finish();
    if (sink.isEmpty() && !report.bad().isEmpty()) {
      BadLine first = report.bad().getFirst();
      throw new ExchangeException(
          "No memory in "
              + file
              + " could be read (line "
              + first.line()
              + ": "
              + first.reason()
              + "); nothing was imported.");
    }
    return report;
  }

  /**
   * Checks that there is something to import, before a store is made for it.
   *
   * @throws ExchangeException if there is no such file or it can't be read
   */
  public static void check(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ExchangeException(
          "There is no file " + file + " that can be read; nothing was imported, check the path.");
    }
    try {
      if (!isDocument(file) && !hasObjectLine(file)) {
        throw new ExchangeException("The file " + file + NO_KNOWN_FORMAT);
      }
    } catch (IOException e) {
      throw new ExchangeException("The file " + file + " can't be read; nothing was imported.", e);
    }
  }

  private static boolean hasObjectLine(Path file) throws IOException {
    try (InputStream in = open(file)) {
      LineReader lines = new LineReader(in);
      for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
        String text = line.text();
        if (text != null && text.strip().startsWith("{")) {
          return true;
        }
      }
      return false;
    }
  }

  private static InputStream open(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(3);
    byte[] head = in.readNBytes(3);
    boolean mark =
        head.length == 3
            && head[0] == (byte) 0xef
            && head[1] == (byte) 0xbb
            && head[2] == (byte) 0xbf;
    if (!mark) {
      in.reset();
    }
    return in;
  }

  /** Whether it begins like one document with a list of memories. */
  private static boolean isDocument(Path file) throws IOException {
    try (InputStream in = open(file);
        JsonParser parser = EntryJson.MAPPER.createParser(in)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new ExchangeException("The file " + file + " is empty; nothing was imported.");
      }
      return first == JsonToken.START_ARRAY || findMemories(parser);
    } catch (JsonProcessingException notOneDocument) {
      return false;
    }
  }

  /** Moves to the list of memories of the document's object; false if there is none. */
  private static boolean findMemories(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean memories = parser.currentName().equals("memories");
      JsonToken value = parser.nextToken();
      if (memories && value == JsonToken.START_ARRAY) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static void readDocument(Path file, EntrySink sink)
      throws IOException, InterruptedException {
    try (InputStream in = open(file);
        JsonParser parser = EntryJson.MAPPER.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        findMemories(parser);
      }
      long line = parser.currentTokenLocation().getLineNr();
      try {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          line = parser.currentTokenLocation().getLineNr();
          JsonNode node = parser.readValueAsTree();
          sink.accept(line, node);
        }
      } catch (JsonProcessingException e) {
        // Behind broken JSON nothing in the document can be trusted.
        sink.reject(line, "The JSON is broken from here on; the rest was not imported.");
      }
    }
  }

  private static void readLines(Path file, EntrySink sink)
      throws IOException, InterruptedException {
    try (InputStream in = open(file)) {
      LineReader lines = new LineReader(in);
      for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
        String text = line.text();
        if (text == null) {
          sink.reject(line.number(), "It is not valid UTF-8.");
        } else if (!text.isBlank()) {
          readLine(line.number(), text, sink);
        }
      }
    }
  }

  private static void readLine(long number, String text, EntrySink sink)
      throws InterruptedException {
    JsonNode node;
    try {
      node = EntryJson.WHOLE.readTree(text);
    } catch (JsonProcessingException e) {
      sink.reject(number, "It is broken JSON.");
      return;
    }
    sink.accept(number, node);
  }
}
