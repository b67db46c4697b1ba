package dev.memoryconsole.store.sqlite.read;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.schema.TableLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which words of a query are looked for in the rows that its other words find, because an index
 * would name very many: to put those together took half a minute where a million texts hold one.
 */
final class CommonWords {
  // Looking into so many rows takes a tenth of a second.
  private static final int MANY = 5_000;
  private static final String PROBE =
      "SELECT count(*) FROM (SELECT 1 FROM memories_text_fts WHERE memories_text_fts MATCH ?"
          + " LIMIT "
          + MANY
          + ")";

  private CommonWords() {}

  /** Returns them; none where no word is left that finds few. */
  static Set<String> of(EntryQuery query, TableLayout layout, Connection connection)
      throws SQLException {
    Set<String> words = Set.copyOf(query.phrases());
    if (!layout.derived() || words.size() < 2) {
      return Set.of();
    }
    Set<String> common = new LinkedHashSet<>();
    try (PreparedStatement probe = connection.prepareStatement(PROBE)) {
      for (String word : words) {
        if (!WordSql.isIndexed(word) || isCommon(word, probe)) {
          common.add(word);
        }
      }
    }
    return common.size() == words.size() ? Set.of() : common;
  }

  private static boolean isCommon(String word, PreparedStatement probe) throws SQLException {
    probe.setString(1, WordSql.quoted(word));
    try (ResultSet row = probe.executeQuery()) {
      return row.getInt(1) == MANY;
    }
  }
}
