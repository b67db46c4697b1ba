package dev.memoryconsole.ui.common.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.memory.MetadataJson;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells which numbers of metadata are times. */
public final class Moments {
  // As the plugin and others name moments; a number of turns is none.
  private static final Pattern MOMENT =
      Pattern.compile(
          "(^|.*_)(at|ms|time|timestamp|date|from|until)|.*(At|Ms|Time|Timestamp|Date)");
  // From 1990 to 2100: what is outside is a length of time, or some other number.
  private static final long FIRST_SECOND = 631_152_000L;
  private static final long LAST_SECOND = 4_102_444_800L;

  private Moments() {}

  /** The time that a key's value is, as it is stored; null if it is none. */
  public static @Nullable Long of(String key, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || !MOMENT.matcher(key).matches()) {
      return null;
    }
    long value = node.longValue();
    boolean plausible =
        (value >= FIRST_SECOND && value < LAST_SECOND)
            || (value >= FIRST_SECOND * 1_000 && value < LAST_SECOND * 1_000);
    return plausible ? value : null;
  }

  /** The time that a key's value is, given as JSON; null if it is none. */
  public static @Nullable Long of(String key, String json) {
    return of(key, MetadataJson.objectOrEmpty("{\"v\":" + json + "}").path("v"));
  }
}
