package dev.memoryconsole.journal.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.database.Statements;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** How many entries of a run ended in each outcome. Stateless. */
final class TeamCounts {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<EnumMap<EntryState, Integer>> COUNTS =
      new TypeReference<>() {};

  private TeamCounts() {}

  /** Counts a run's outcomes. */
  static Map<EntryState, Integer> exact(Statements statements, long run) throws SQLException {
    Map<EntryState, Integer> counts = new EnumMap<>(EntryState.class);
    statements.each(
        "SELECT state, count(*) FROM memory_console.entries WHERE run = ? GROUP BY state",
        row -> {
          EntryState state = EntryState.valueOf(row.getString(1));
          if (state.isOutcome()) {
            counts.put(state, row.getInt(2));
          }
        },
        run);
    return counts;
  }

  /** Reads what {@link #json} wrote. */
  static Map<EntryState, Integer> read(String json) {
    try {
      return MAPPER.readValue(json, COUNTS);
    } catch (JsonProcessingException e) {
      throw new JournalException(JournalCode.LIST_UNREADABLE.with(), e);
    }
  }

  /** Counts as they are kept. */
  static String json(Map<EntryState, Integer> counts) {
    try {
      return MAPPER.writeValueAsString(counts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Numbers can always be written.", e);
    }
  }

  /** Counts a run's outcomes once, where nobody is at work on it any more. */
  static void settle(Statements statements, long run) throws SQLException {
    long atWork =
        statements.number(
            "SELECT count(*) FROM memory_console.workers WHERE run = ? AND ended_at IS NULL"
                + " AND lease_until > now()",
            run);
    if (atWork == 0) {
      Map<EntryState, Integer> counts = exact(statements, run);
      int done =
          counts.values().stream().mapToInt(Integer::intValue).sum()
              - counts.getOrDefault(EntryState.CANCELLED, 0);
      statements.update(
          "UPDATE memory_console.runs SET counts = ?, finished_at = CASE WHEN selected = ? THEN"
              + " coalesce((SELECT max(finished_at) FROM memory_console.entries WHERE run = ?),"
              + " started_at) END WHERE id = ?",
          json(counts),
          done,
          run,
          run);
    }
  }
}
