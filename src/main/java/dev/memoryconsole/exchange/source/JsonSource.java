package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.message.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of memories as JSON: one document, several in a row, or one value a line. It is read as a
 * stream, so that a file of any size needs little memory. Immutable; thread-safe.
 *
 * <p>It accepts what people really have: any Unicode encoding, {@code NaN}, comments, trailing
 * commas and raw control characters, and lists under one of the usual names. A line or a memory
 * that can't be read costs only itself, as far as the rest can still be told from it.
 */
public final class JsonSource {
  /** Reads numbers as they are written, and nothing of a memory into an error's text. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                  .build())
          .enable(
              JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Where lists of memories, or objects of them, usually stand. */
  private static final List<String> CONTAINERS =
      List.of(
          "memories",
          "results",
          "result",
          "data",
          "items",
          "entries",
          "documents",
          "records",
          "points",
          "facts");

  private static final int LINES_LOOKED_AT = 50;
  private static final int LONGEST_LINE_LOOKED_AT = 1 << 20;

  private final Path file;
  private final boolean lines;

  private JsonSource(Path file, boolean lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Finds out whether the file holds one value a line or documents.
   *
   * @throws IOException if it can't be read
   */
  public static JsonSource of(Path file) throws IOException {
    try (Reader reader = open(file)) {
      return new JsonSource(file, isLines(reader));
    }
  }

  /** The file. */
  Path file() {
    return file;
  }

  /** The first bytes of a file; fewer if it has no more. */
  static byte[] head(Path file, int length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(length);
    }
  }

  private static Reader open(Path file) throws IOException {
    return new BufferedReader(new DecodingReader(Files.newInputStream(file)), 1 << 16);
  }

  /**
   * Whether the file holds one value a line: at least half of its first lines are complete objects.
   * What only stands between the lines, as a comma does, counts where the first is one as well:
   * else they are the elements of a list.
   */
  private static boolean isLines(Reader reader) throws IOException {
    int whole = 0;
    int separated = 0;
    int seen = 0;
    LineReader lineReader = new LineReader(reader);
    while (seen < LINES_LOOKED_AT) {
      LineReader.Line line = lineReader.next(LONGEST_LINE_LOOKED_AT);
      if (line == null) {
        break;
      }
      if (!line.text().isBlank()) {
        seen++;
        if (isObject(line.text())) {
          whole++;
          separated++;
        } else if ((seen == 1 || separated > 0) && isObject(bare(line.text()))) {
          separated++;
        }
      }
    }
    return (whole > 0 && whole * 2 >= seen) || (separated > 0 && separated * 2 >= seen);
  }

  /** A line without what separates values: a comma behind, or a record separator (RFC 7464). */
  private static String bare(String line) {
    String text = line.strip();
    int from = text.startsWith("\u001e") ? 1 : 0;
    int to = text.endsWith(",") ? text.length() - 1 : text.length();
    return text.substring(Math.min(from, to), to);
  }

  private static boolean isObject(String line) throws IOException {
    if (!line.stripLeading().startsWith("{")) {
      return false;
    }
    try (JsonParser parser = MAPPER.createParser(line)) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        parser.skipChildren();
      }
      return parser.currentToken() == null;
    } catch (JsonProcessingException notWhole) {
      return false;
    }
  }

  /**
   * Reads the whole file, or as much as is wanted.
   *
   * @throws IOException if it can't be read
   * @throws InterruptedException if the sink was interrupted
   */
  public void read(RecordSink sink) throws IOException, InterruptedException {
    try (Reader reader = open(file)) {
      if (lines) {
        readLines(reader, sink);
      } else {
        readValues(reader, 0, sink, SourceCode.BROKEN_FROM_HERE.with());
      }
    }
  }

  private static void readLines(Reader reader, RecordSink sink)
      throws IOException, InterruptedException {
    LineReader lineReader = new LineReader(reader);
    boolean wanted = true;
    for (LineReader.Line line = lineReader.next(Integer.MAX_VALUE);
        line != null && wanted;
        line = lineReader.next(Integer.MAX_VALUE)) {
      if (!line.text().isBlank()) {
        wanted =
            readValues(
                new StringReader(bare(line.text())),
                line.number() - 1,
                sink,
                SourceCode.BROKEN.with());
      }
    }
  }

  /** Reads all values in a text, one after the other; false once no more are wanted. */
  private static boolean readValues(Reader text, long linesBefore, RecordSink sink, Message broken)
      throws IOException, InterruptedException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      long line = linesBefore + 1;
      try {
        while (parser.nextToken() != null) {
          line = linesBefore + parser.currentTokenLocation().getLineNr();
          if (!readValue(parser, linesBefore, sink)) {
            return false;
          }
        }
      } catch (JsonProcessingException e) {
        long at = e.getLocation() == null ? 0 : linesBefore + e.getLocation().getLineNr();
        // In a document the last memory that began may span lines; the breach is what matters.
        return sink.unreadable(Math.max(line, at), broken);
      }
    }
    return true;
  }

  private static boolean readValue(JsonParser parser, long linesBefore, RecordSink sink)
      throws IOException, InterruptedException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> readElements(parser, linesBefore, sink);
      case START_OBJECT -> readDocument(parser, linesBefore, sink, true);
      default -> sink.record(line(parser, linesBefore), MAPPER.readTree(parser));
    };
  }

  private static boolean readElements(JsonParser parser, long linesBefore, RecordSink sink)
      throws IOException, InterruptedException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long line = line(parser, linesBefore);
      JsonNode element = parser.readValueAsTree();
      if (!element(line, element, sink)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads an object that is a memory or holds a list of them. The list is not kept in memory;
   * whatever else the object holds is.
   */
  private static boolean readDocument(
      JsonParser parser, long linesBefore, RecordSink sink, boolean outermost)
      throws IOException, InterruptedException {
    long line = line(parser, linesBefore);
    ObjectNode rest = MAPPER.createObjectNode();
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (CONTAINERS.contains(name) && value == JsonToken.START_ARRAY) {
        found = true;
        if (!readElements(parser, linesBefore, sink)) {
          return false;
        }
      } else if (CONTAINERS.contains(name) && value == JsonToken.START_OBJECT) {
        found = true;
        if (!readDocument(parser, linesBefore, sink, false)) {
          return false;
        }
      } else {
        rest.set(name, parser.readValueAsTree());
      }
    }
    // What stands beside a list (version, count) is no memory.
    boolean beside = found || !outermost;
    return (beside && !Fields.isMemory(rest) && !isById(rest)) || element(line, rest, sink);
  }

  /** A memory, a list of them in a list, or an object of them by their ids. */
  private static boolean element(long line, JsonNode value, RecordSink sink)
      throws InterruptedException {
    if (!value.isObject() || Fields.isMemory(value)) {
      return sink.record(line, value);
    }
    for (String name : CONTAINERS) {
      JsonNode list = value.path(name);
      if (list.isArray()) {
        for (JsonNode element : list) {
          if (!element(line, element, sink)) {
            return false;
          }
        }
        return true;
      }
      if (list.isObject()) {
        return element(line, list, sink);
      }
    }
    return byId(line, value, sink);
  }

  private static boolean byId(long line, JsonNode value, RecordSink sink)
      throws InterruptedException {
    if (!isById(value)) {
      return sink.record(line, value);
    }
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      ObjectNode memory = each.getValue().deepCopy();
      if (!memory.hasNonNull("id")) {
        memory.put("id", each.getKey());
      }
      if (!sink.record(line, memory)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isById(JsonNode value) {
    boolean memories = value.isObject() && !value.isEmpty();
    for (JsonNode each : value) {
      memories &= each.isObject() && Fields.isMemory(each);
    }
    return memories;
  }

  private static long line(JsonParser parser, long linesBefore) {
    return linesBefore + parser.currentTokenLocation().getLineNr();
  }

  /** Splits text at line feeds. */
  private static final class LineReader {
    record Line(long number, String text) {}

    private final Reader reader;
    private long number;

    LineReader(Reader reader) {
      this.reader = reader;
    }

    /** The next line; of a longer one only the beginning is kept. Null at the end. */
    @Nullable Line next(int longest) throws IOException {
      int next = reader.read();
      if (next < 0) {
        return null;
      }
      StringBuilder text = new StringBuilder(256);
      while (next >= 0 && next != '\n' && text.length() < longest) {
        text.append((char) next);
        next = reader.read();
      }
      while (next >= 0 && next != '\n') {
        next = reader.read();
      }
      number++;
      return new Line(number, text.toString());
    }
  }
}
