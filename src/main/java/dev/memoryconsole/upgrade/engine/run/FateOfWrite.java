package dev.memoryconsole.upgrade.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.TextHash;
import dev.memoryconsole.upgrade.WriteFate;
import java.util.List;
import java.util.Objects;

/** Tells from a row as it is now what has become of a write. */
public final class FateOfWrite {
  private FateOfWrite() {}

  /**
   * What has become of one write.
   *
   * @param outcome the entry's outcome in the run that wrote it, or took a write back
   * @param write the write; for an undo the one that it took back
   * @param rows the rows with the entry's id as they are now
   */
  public static WriteFate of(EntryState outcome, EntryProgress write, List<MemoryEntry> rows) {
    if (outcome == EntryState.DELETED) {
      return rows.isEmpty() ? WriteFate.IN_PLACE : WriteFate.RETURNED;
    }
    if (rows.isEmpty()) {
      return WriteFate.MISSING;
    }
    long marker = Objects.requireNonNull(write.upgradedAt());
    if (outcome == EntryState.UNDONE) {
      // Nobody else writes a marker: with it the whole upgrade came back.
      return rows.stream()
              .anyMatch(
                  row ->
                      markerOf(row, Keys.UPGRADED_AT) == marker
                          || markerOf(row, Keys.MENDED_AT) == marker)
          ? WriteFate.OVERWRITTEN
          : WriteFate.IN_PLACE;
    }
    if (outcome == EntryState.MENDED) {
      return ofMend(marker, write, rows);
    }
    // A later marker is one of a later upgrade; an earlier one came back with an older copy.
    if (rows.stream()
        .anyMatch(row -> markerOf(row, Keys.UPGRADED_AT) >= marker || isUpgradedAnew(row))) {
      return WriteFate.IN_PLACE;
    }
    return hasItsText(write, rows) ? WriteFate.OVERWRITTEN : WriteFate.REWRITTEN;
  }

  /**
   * An older copy brings back what the fields were before. Where one of them is something else by
   * now, somebody wanted it so.
   */
  private static WriteFate ofMend(long marker, EntryProgress write, List<MemoryEntry> rows) {
    String plan = write.plan();
    if (plan == null || rows.stream().anyMatch(row -> markerOf(row, Keys.MENDED_AT) >= marker)) {
      return WriteFate.IN_PLACE;
    }
    MendPlan mend = MendPlan.ofJson(plan);
    return hasItsText(write, rows) && rows.stream().allMatch(mend::isAsSeen)
        ? WriteFate.OVERWRITTEN
        : WriteFate.REWRITTEN;
  }

  private static boolean hasItsText(EntryProgress write, List<MemoryEntry> rows) {
    return rows.stream().anyMatch(row -> TextHash.of(row.text()).equals(write.textHash()));
  }

  /**
   * Whether the row's own program wrote it in the new form since, without a marker of anybody: what
   * an older copy brings back is legacy, or has a marker.
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

  private static long markerOf(MemoryEntry row, String key) {
    JsonNode marker = MetadataJson.objectOrEmpty(row.metadata()).path(key);
    return marker.isNumber() ? marker.asLong() : Long.MIN_VALUE;
  }
}
