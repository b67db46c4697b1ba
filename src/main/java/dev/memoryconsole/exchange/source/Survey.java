package dev.memoryconsole.exchange.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.message.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the beginning of a file shows. It answers everything that has to be known before an import,
 * so that the beginning is read only once.
 *
 * @param source the file
 * @param format whose memories they are
 * @param sample the first values, at most {@value #MOST}
 * @param isWhole whether the file holds no others
 * @param unreadable the first part that can't be read, or null
 */
public record Survey(
    JsonSource source,
    SourceFormat format,
    List<Value> sample,
    boolean isWhole,
    @Nullable Message unreadable) {
  static final int MOST = 100;
  private static final int MOST_UNREADABLE = 10_000;
  private static final int MOST_FIELDS = 100;
  private static final int DEEPEST = 3;

  /**
   * A value where a memory is expected.
   *
   * @param line the line it begins on, counted from 1
   */
  public record Value(long line, JsonNode json) {}

  /**
   * Reads the beginning of a file.
   *
   * @throws IOException if the file can't be read
   */
  public static Survey of(JsonSource source) throws IOException, InterruptedException {
    Look look = new Look();
    source.read(look);
    return new Survey(
        source,
        SourceFormat.of(look.values.stream().map(Value::json).toList()),
        List.copyOf(look.values),
        look.values.size() < MOST && look.bad < MOST_UNREADABLE,
        look.unreadable);
  }

  /** The file. */
  public Path file() {
    return source.file();
  }

  /**
   * How the file's fields become ours; null where they are ours already.
   *
   * @param named where somebody said a field is; empty for a field that is to be left out
   */
  public @Nullable FieldMapping mapping(Map<FieldMapping.Field, String> named) {
    if (named.isEmpty() && format == SourceFormat.PLUGIN) {
      return null;
    }
    return FieldMapping.of(format.isForeign() ? format : SourceFormat.PLAIN).with(named);
  }

  /** The names of the fields seen, as {@link FieldMapping#with} takes them, in the file's order. */
  public List<String> fields() {
    Set<String> names = new LinkedHashSet<>();
    if (format != SourceFormat.CLAUDE) {
      sample.forEach(value -> collect("", value.json(), 1, names));
    }
    return List.copyOf(names);
  }

  private static void collect(String prefix, JsonNode json, int depth, Set<String> names) {
    json.properties()
        .forEach(
            field -> {
              String name = prefix + field.getKey();
              if (field.getValue().isObject() && depth < DEEPEST) {
                collect(name + ".", field.getValue(), depth + 1, names);
              } else if (names.size() < MOST_FIELDS) {
                names.add(name);
              }
            });
  }

  private static final class Look implements RecordSink {
    private final List<Value> values = new ArrayList<>();
    private int bad;
    private @Nullable Message unreadable;

    @Override
    public boolean record(long line, JsonNode value) {
      values.add(new Value(line, value));
      return values.size() < MOST;
    }

    @Override
    public boolean unreadable(long line, Message reason) {
      if (unreadable == null) {
        unreadable = SourceCode.AT_LINE.with(line, reason);
      }
      bad++;
      return bad < MOST_UNREADABLE;
    }
  }
}
