package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.journal.ErasureJournal;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.common.JournalJson;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalRewrite;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.MessageText;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Erases what a journal keeps of deleted memories. */
final class SqliteErasure implements ErasureJournal {
  private static final int AT_ONCE = 200;

  // A run that takes back the undo of a deletion deletes as well.
  private static final String DELETED =
      """
      SELECT e.id, max(e.finished_at) AS at FROM entries e JOIN runs r ON r.id = e.run
        LEFT JOIN results t ON t.entry = (e.run << 32) | e.position AND e.state = 'UNDONE'
      WHERE r.store = ?1 AND (?2 OR e.run IN (SELECT value FROM json_each(?3)))
        AND e.erased_at IS NULL AND e.finished_at < ?4
        AND (e.state = 'DELETED' OR t.row_before IS NOT NULL)
      GROUP BY e.id ORDER BY min(e.run), min(e.position)\
      """;

  // What has not begun is in no index, and holds nothing of a text.
  private static final String OF_THESE =
      """
      SELECT e.run, e.position FROM json_each(?1) wanted
        CROSS JOIN entries e ON e.id = wanted.value AND e.waiting IS NULL AND e.erased_at IS NULL
        JOIN runs r ON r.id = e.run AND r.store = ?2\
      """;

  private static final String FORGET =
      "DELETE FROM results WHERE entry IN (SELECT (run << 32) | position FROM (" + OF_THESE + "))";

  private static final String ERASE =
      """
      UPDATE entries SET title = '', text_hash = NULL, plan = NULL, reason = ?3, erased_at = ?4,
        finished_at = coalesce(finished_at, ?4),
        state = CASE
          WHEN state IN ('QUEUED', 'ENRICHING', 'ENRICHED', 'COMMITTING', 'CANCELLED') THEN 'SKIPPED'
          ELSE state END
      WHERE (run, position) IN (\
      """
          + OF_THESE
          + ")";

  private final Path file;
  private final JournalGate gate;
  private final SqliteEntries entries;
  private final Statements read;
  private final Statements write;
  private final JournalTransactions transactions;
  private final RunClaims claims;

  SqliteErasure(
      Path file,
      JournalGate gate,
      SqliteEntries entries,
      Statements read,
      Statements write,
      JournalTransactions transactions,
      RunClaims claims) {
    this.file = file;
    this.gate = gate;
    this.entries = entries;
    this.read = read;
    this.write = write;
    this.transactions = transactions;
    this.claims = claims;
  }

  @Override
  public Deleted deleted(String store, Set<Long> runs, long before) {
    return entries.reading(
        () -> {
          IdList.Builder ids = new IdList.Builder();
          long[] last = new long[1];
          read.each(
              DELETED,
              row -> {
                ids.add(row.getString("id"));
                last[0] = Math.max(last[0], row.getLong("at"));
              },
              store,
              runs.isEmpty(),
              runs.toString(),
              before);
          return new Deleted(ids.build(), last[0]);
        });
  }

  @Override
  public List<String> erased(long run) {
    return entries.reading(
        () -> {
          IdList.Builder ids = new IdList.Builder();
          read.each(
              "SELECT id FROM entries WHERE run = ? AND erased_at IS NOT NULL ORDER BY position",
              row -> ids.add(row.getString("id")),
              run);
          return ids.build();
        });
  }

  @Override
  public int erase(String store, List<String> ids, long at) {
    entries.flush();
    int erased = 0;
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      Cancellation.check();
      String some = JournalJson.strings(ids.subList(from, Math.min(from + AT_ONCE, ids.size())));
      erased += gate.writing(() -> eraseSome(store, some, at));
    }
    return erased;
  }

  private int eraseSome(String store, String ids, long at) throws SQLException {
    // What becomes free is overwritten; all that is left of it is in the log.
    write.number("PRAGMA secure_delete = ON");
    try {
      return transactions.run(
          JournalTransactions.Safety.SYNCED,
          () -> {
            claims.requireFree(write, store);
            write.update(FORGET, ids, store);
            return write.update(
                ERASE, ids, store, MessageText.write(JournalCode.ERASED.with()), at);
          });
    } finally {
      write.number("PRAGMA secure_delete = OFF");
    }
  }

  @Override
  public Optional<Message> clean() {
    return gate.writing(
        () -> {
          Optional<RunClaims.AtWork> atWork = claims.anyAtWork(write);
          // Who runs beside it would wait for the whole of it.
          return atWork.isPresent()
              ? Optional.of(
                  JournalCode.NOT_CLEANED_BESIDE_RUN.with(atWork.get().run(), atWork.get().store()))
              : JournalRewrite.run(file);
        });
  }
}
