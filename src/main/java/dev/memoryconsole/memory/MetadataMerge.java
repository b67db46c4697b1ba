package dev.memoryconsole.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Phase 2's merge: the re-read row's metadata + patch + marker. Pure: apart from the enrichment,
 * nothing that was read before the lock goes in.
 *
 * <p>Only the four keys of {@link Enrichment} and the marker are overwritten; everything else keeps
 * the row's own value and gets a default where the row has none ({@link SmartDefaults}).
 */
public final class MetadataMerge {
  private MetadataMerge() {}

  /**
   * The metadata to write.
   *
   * @param row the row as re-read inside the lock
   * @param enrichment what phase 1 found
   * @param marker the trace to leave
   * @return compact JSON
   */
  public static String merge(MemoryEntry row, Enrichment enrichment, Marker marker) {
    MemoryCategory mapped = MemoryCategory.fromColumn(row.category(), row.text());
    ObjectNode merged = own(row);
    new SmartDefaults(merged, row, mapped, marker.upgradedAt()).fill();
    patch(merged, enrichment, mapped);
    mark(merged, row, marker);
    return MetadataJson.write(merged);
  }

  /** The row's own metadata; what is no JSON object is kept, whole, under a key of its own. */
  private static ObjectNode own(MemoryEntry row) {
    Optional<ObjectNode> object = MetadataJson.object(row.metadata());
    ObjectNode own = object.orElseGet(() -> MetadataJson.objectOrEmpty(null));
    String raw = row.metadata();
    if (object.isEmpty() && raw != null && !raw.isEmpty()) {
      own.put(Keys.UNPARSED, raw);
    }
    return own;
  }

  private static void patch(ObjectNode merged, Enrichment enrichment, MemoryCategory mapped) {
    MemoryCategory chosen = enrichment.category();
    MemoryCategory category = chosen == null ? mapped : chosen;
    putText(merged, Keys.L0, JsText.trim(enrichment.abstractLine()));
    putText(merged, Keys.L1, JsText.trim(enrichment.overview()));
    // Not trimmed: the content is the text, to the last character.
    putText(merged, Keys.L2, enrichment.content());
    merged.put(Keys.MEMORY_CATEGORY, category.key());
    if (!merged.has(Keys.FACT_KEY)) {
      FactKey.of(category, enrichment.abstractLine())
          .ifPresent(key -> merged.put(Keys.FACT_KEY, key));
    }
  }

  /** A blank layer never takes the place of one that is there. */
  private static void putText(ObjectNode merged, String key, String value) {
    if (!JsText.isBlank(value)) {
      merged.put(key, value);
    }
  }

  private static void mark(ObjectNode merged, MemoryEntry row, Marker marker) {
    String column = row.category();
    if (column != null) {
      merged.put(Keys.UPGRADED_FROM, column);
    }
    merged.put(Keys.UPGRADED_AT, marker.upgradedAt());
    merged.put(Keys.UPGRADED_BY, marker.upgradedBy());
    String error = marker.upgradeError();
    if (error == null) {
      // A retry that succeeds takes the earlier failure's trace away.
      merged.remove(Keys.UPGRADE_ERROR);
    } else {
      merged.put(Keys.UPGRADE_ERROR, JsText.trim(JsText.foldSpaces(error)));
    }
  }
}
