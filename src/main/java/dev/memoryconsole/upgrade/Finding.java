package dev.memoryconsole.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.WrittenEntry;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import java.util.List;

/** What has become of a row since a run wrote it. */
public enum Finding {
  /** Its marker is there, or somebody upgraded it anew; of an undo: the marker is not. */
  IN_PLACE,
  /** Another program wrote an older copy back: the write is lost, and can be made again. */
  OVERWRITTEN,
  /** The upgrade is lost and the text is another one: it has to be enriched anew. */
  REWRITTEN,
  /** It was not there; between a delete and an add of another program that need not mean much. */
  MISSING;

  /**
   * The verdict on one entry.
   *
   * @param rows the rows with its id as they are now
   */
  static Finding of(WrittenEntry written, List<MemoryEntry> rows) {
    if (rows.isEmpty()) {
      return MISSING;
    }
    if (written.state() == EntryState.UNDONE) {
      // Nobody else writes a marker: with it the whole upgrade came back.
      return rows.stream().anyMatch(row -> markerOf(row) == written.upgradedAt())
          ? OVERWRITTEN
          : IN_PLACE;
    }
    if (rows.stream().anyMatch(row -> isMarked(written, row) || isUpgradedAnew(row))) {
      return IN_PLACE;
    }
    return rows.stream().anyMatch(row -> TextHash.of(row.text()).equals(written.textHash()))
        ? OVERWRITTEN
        : REWRITTEN;
  }

  /** A later marker is one of a later upgrade; an earlier one came back with an older copy. */
  private static boolean isMarked(WrittenEntry written, MemoryEntry row) {
    return markerOf(row) >= written.upgradedAt();
  }

  /**
   * Its own program wrote it in the new form since, without a marker of anybody: what an older copy
   * brings back is legacy, or has a marker.
   */
  private static boolean isUpgradedAnew(MemoryEntry row) {
    LegacyRule.Traits traits = LegacyRule.traitsOf(row.id(), row.category(), row.metadata());
    return traits.state() == MemoryState.CORPUS
        || (traits.state() == MemoryState.UPGRADED
            && !traits.retryable()
            && !traits.stamped()
            && !MetadataJson.objectOrEmpty(row.metadata()).has(Keys.UPGRADED_AT)
            && !MetadataJson.objectOrEmpty(row.metadata()).has(Keys.UPGRADED_BY));
  }

  private static long markerOf(MemoryEntry row) {
    JsonNode marker = MetadataJson.objectOrEmpty(row.metadata()).path(Keys.UPGRADED_AT);
    return marker.isNumber() ? marker.asLong() : Long.MIN_VALUE;
  }
}
