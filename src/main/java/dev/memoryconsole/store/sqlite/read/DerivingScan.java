package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.store.sqlite.schema.Schema;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * What {@code memories_doc} would hold, worked out by the query that asks for it: for a table that
 * was not adopted, or not wholly yet. By the same SQL as the triggers' view, so that both can't but
 * agree; rows of one id, and rows without one, are rows of their own here.
 */
final class DerivingScan {
  private static final String ONE_ROW =
      Schema.derivation()
          .replace(
              "FROM memories m",
              "FROM (SELECT r.id AS id, r.text AS text, r.timestamp AS timestamp,"
                  + " r.category AS category, r.metadata AS metadata) m");

  // With a limit it is not made part of the query around it, in which flags would be worked out
  // wherever that has them.
  private static final String ONCE = " LIMIT -1";

  private DerivingScan() {}

  /** A query, in brackets, with the id and the flags of each row, for who wants no more. */
  static String ofFlags(TableLayout layout) {
    return "(SELECT r.id AS id, (SELECT flags FROM ("
        + ONE_ROW
        + ")) AS flags FROM memories r"
        + layout.limited("WHERE", "r")
        + ONCE
        + ")";
  }

  /**
   * A query, in brackets, with the columns of {@code memories_doc} and of the row.
   *
   * @param ofAll whether all rows are gone through; if not, an index of the table may be used
   */
  static String of(TableLayout layout, boolean ofAll) {
    @Nullable String rowNumber = layout.rowNumber("r");
    return "(SELECT s.*, CASE WHEN s.flags & 3 = 0 THEN 'LEGACY' WHEN s.flags & 4 THEN 'FALLBACK'"
        + " ELSE 'UPGRADED' END AS state FROM (SELECT "
        + (rowNumber == null ? "NULL" : rowNumber)
        + " AS doc, r.id AS id, r.text AS text, r.category AS category, r.scope AS scope,"
        + " r.importance AS importance, r.timestamp AS timestamp, r.metadata AS metadata, (SELECT"
        + " flags FROM ("
        + ONE_ROW
        + ")) AS flags, (SELECT abstract FROM ("
        + ONE_ROW
        + ")) AS abstract FROM memories r"
        + layout.limited("WHERE", "r")
        + (ofAll ? ONCE : "")
        + ") s)";
  }
}
