package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the beginning of a file shows.
 *
 * @param format whose memories they are
 * @param sample the first values, at most {@value #MOST}
 * @param firstLine the line the first of them begins on; 0 if there is none
 * @param unreadable the first part that can't be read, or null
 */
public record Survey(
    SourceFormat format, List<JsonNode> sample, long firstLine, @Nullable String unreadable) {
  static final int MOST = 100;
  private static final int MOST_UNREADABLE = 10_000;

  /**
   * Looks.
   *
   * @throws IOException if the file can't be read
   */
  public static Survey of(JsonSource source) throws IOException, InterruptedException {
    Look look = new Look();
    source.read(look);
    return new Survey(
        SourceFormat.of(look.values), List.copyOf(look.values), look.firstLine, look.unreadable);
  }

  private static final class Look implements RecordSink {
    private final List<JsonNode> values = new ArrayList<>();
    private long firstLine;
    private int bad;
    private @Nullable String unreadable;

    @Override
    public boolean record(long line, JsonNode value) {
      if (values.isEmpty()) {
        firstLine = line;
      }
      values.add(value);
      return values.size() < MOST;
    }

    @Override
    public boolean unreadable(long line, String reason) {
      if (unreadable == null) {
        unreadable = "line " + line + ": " + reason;
      }
      bad++;
      return bad < MOST_UNREADABLE;
    }
  }
}
