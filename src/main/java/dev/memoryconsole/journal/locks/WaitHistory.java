package dev.memoryconsole.journal.locks;

import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.record.WaitRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the history that tells who waited for whom: its rows. Stateless. */
final class WaitHistory {
  private WaitHistory() {}

  /** Adds what a session has seen, or puts it in the place of what it saw before of the same. */
  static void put(
      Statements statements, long store, long session, List<WaitRecord.Numbered> changed)
      throws SQLException {
    for (WaitRecord.Numbered each : changed) {
      SeenWait seen = each.seen();
      Duration held = seen.last().held();
      LockWait.Party waiter = seen.last().waiter();
      LockWait.Party holder = seen.last().holder();
      statements.update(
          "INSERT OR REPLACE INTO lock_waits (store, session, number, from_ms, seen_ms, held_ms,"
              + " waiter, waiter_application, waiter_user, waiter_query,"
              + " holder, holder_application, holder_user, holder_query)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          store,
          session,
          each.number(),
          seen.fromMillis(),
          seen.seenMillis(),
          held == null ? null : held.toMillis(),
          waiter.process(),
          waiter.application(),
          waiter.user(),
          waiter.query(),
          holder.process(),
          holder.application(),
          holder.user(),
          holder.query());
    }
  }

  /** Forgets all but the latest, at most {@code limit} at once; answers how many. */
  static int trim(Statements statements, long store, int kept, int limit) throws SQLException {
    return statements.update(
        "DELETE FROM lock_waits WHERE id IN (SELECT id FROM lock_waits WHERE store = ?"
            + " ORDER BY seen_ms DESC LIMIT ? OFFSET ?)",
        store,
        limit,
        kept);
  }

  /** What was seen in a range of time, the latest {@code limit}. */
  static List<SeenWait> between(
      Statements statements, long store, long fromMillis, long toMillis, int limit)
      throws SQLException {
    return statements.list(
        "SELECT from_ms, seen_ms, held_ms, waiter, waiter_application, waiter_user, waiter_query,"
            + " holder, holder_application, holder_user, holder_query FROM lock_waits"
            + " WHERE store = ? AND seen_ms >= ? AND from_ms < ? ORDER BY seen_ms DESC LIMIT ?",
        WaitHistory::seen,
        store,
        fromMillis,
        toMillis,
        limit);
  }

  private static SeenWait seen(ResultSet row) throws SQLException {
    long from = row.getLong(1);
    long to = row.getLong(2);
    return new SeenWait(
        new LockWait(party(row, 4), Duration.ofMillis(to - from), party(row, 8), held(row)),
        from,
        to);
  }

  private static @Nullable Duration held(ResultSet row) throws SQLException {
    long millis = row.getLong(3);
    return row.wasNull() ? null : Duration.ofMillis(millis);
  }

  private static LockWait.Party party(ResultSet row, int from) throws SQLException {
    return new LockWait.Party(
        row.getInt(from),
        row.getString(from + 1),
        row.getString(from + 2),
        row.getString(from + 3));
  }

  /**
   * Puts together what several looked at: one wait that two have seen is one. The oldest first, the
   * latest {@code limit}.
   */
  static List<SeenWait> merged(List<SeenWait> seen, int limit) {
    List<SeenWait> sorted = new ArrayList<>(seen);
    sorted.sort(Comparator.comparingLong(SeenWait::fromMillis));
    List<SeenWait> merged = new ArrayList<>();
    for (SeenWait next : sorted) {
      int at = -1;
      for (int i = merged.size() - 1; i >= 0 && at < 0; i--) {
        at = merged.get(i).isSame(next) ? i : -1;
      }
      if (at < 0) {
        merged.add(next);
      } else {
        SeenWait before = merged.get(at);
        SeenWait later = next.seenMillis() >= before.seenMillis() ? next : before;
        merged.set(at, new SeenWait(later.last(), before.fromMillis(), later.seenMillis()));
      }
    }
    return List.copyOf(merged.subList(Math.max(0, merged.size() - limit), merged.size()));
  }
}
