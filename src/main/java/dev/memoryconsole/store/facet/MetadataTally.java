package dev.memoryconsole.store.facet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.query.AsciiCase;
import dev.memoryconsole.store.query.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what memories say about themselves. For one thread. */
public final class MetadataTally {
  /** How many recalls are often. */
  public static final int OFTEN = 10;

  /** The longest value that is named, in characters. */
  public static final int LONGEST = 60;

  /** The keys that count. */
  public static final List<String> KEYS = List.of(Keys.TIER, Keys.SOURCE, Keys.ACCESS_COUNT);

  // More than anybody has who means something by them.
  private static final int MOST_VALUES = 1_000;

  private final Sum tiers = new Sum();
  private final Sum sources = new Sum();
  private final long[] recalls = new long[3];

  private static final class Sum {
    private final Map<String, Long> named = new HashMap<>();
    private long none;
    private long others;

    void add(@Nullable JsonNode value, long rows) {
      if (value == null || value.isNull() || (value.isTextual() && value.textValue().isEmpty())) {
        none += rows;
      } else if (!value.isTextual() || value.textValue().length() > LONGEST) {
        others += rows;
      } else {
        String name = AsciiCase.folded(value.textValue());
        if (named.size() < MOST_VALUES || named.containsKey(name)) {
          named.merge(name, rows, Long::sum);
        } else {
          others += rows;
        }
      }
    }

    MetadataCounts.Values values() {
      return new MetadataCounts.Values(named, none, others);
    }
  }

  /** Adds memories with this metadata, as the column holds it. */
  public void add(@Nullable String metadata, long rows) {
    JsonNode object = MetadataJson.object(metadata).map(JsonNode.class::cast).orElse(null);
    tiers.add(object == null ? null : object.get(Keys.TIER), rows);
    sources.add(object == null ? null : object.get(Keys.SOURCE), rows);
    double count = Numbers.in(object == null ? null : object.get(Keys.ACCESS_COUNT)).orElse(0);
    recalls[count >= OFTEN ? 2 : count >= 1 ? 1 : 0] += rows;
  }

  /** All that was added. */
  public MetadataCounts counts() {
    return new MetadataCounts(
        tiers.values(), sources.values(), List.of(recalls[0], recalls[1], recalls[2]));
  }
}
