package dev.memoryconsole.store.sqlite.inspection;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.schema.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What other programs have put beside a table of memories. Only reads. */
public final class ForeignTriggers {
  private static final String TRIGGERS =
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) = 'memories'"
          + " AND name NOT IN ('"
          + String.join("', '", Schema.TRIGGERS)
          + "', '"
          + String.join("', '", Schema.TRIGGERS_OF_BEFORE)
          + "') ORDER BY name";

  // What each of our names stands for, and what can't be missing from it, in any version.
  private static final List<Ours> NAMES =
      List.of(
          new Ours("memories_doc", "table", "last_version"),
          new Ours("memories_abstract_pending", "table", "doc integer primary key"),
          new Ours("memories_counts", "table", "flags integer primary key"),
          new Ours("memories_mend", "table", "stage integer not null"),
          new Ours("memories_text_fts", "table", "using fts5("),
          new Ours("memories_text_old", "table", "using fts5("),
          new Ours("memories_text_replaced", "table", "n integer primary key"),
          new Ours("memories_texts", "view", "memories_doc"),
          new Ours("memories_abstract_fts", "table", "using fts5(abstract"),
          new Ours("memories_derived", "view", "memory_category"),
          new Ours("memories_doc_state", "index", "memories_doc"),
          new Ours("memories_doc_retryable", "index", "memories_doc"),
          new Ours("memories_before_insert", "trigger", "memories_text_replaced"),
          new Ours("memories_before_text", "trigger", "memories_text_replaced"),
          new Ours("memories_text_changed", "trigger", "memories_text_replaced"),
          new Ours("memories_after_insert", "trigger", "memories_doc"),
          new Ours("memories_after_update", "trigger", "memories_doc"),
          new Ours("memories_after_delete", "trigger", "memories_doc"),
          new Ours("memories_after_text", "trigger", "memories_doc"),
          new Ours("memories_abstract_changed", "trigger", "memories_abstract_"),
          new Ours("memories_doc_added", "trigger", "memories_counts"),
          new Ours("memories_doc_changed", "trigger", "memories_counts"));

  private record Ours(String name, String type, String within) {}

  private ForeignTriggers() {}

  /** The triggers of others that a write of a memory fires. */
  public static List<String> triggers(Connection connection) throws SQLException {
    return Sql.strings(connection, TRIGGERS);
  }

  /** Refuses a file in which one of our names is somebody else's. */
  public static void refuseConflicts(Path file, Connection connection) throws SQLException {
    List<Message> taken = new ArrayList<>();
    try (PreparedStatement named =
        connection.prepareStatement(
            "SELECT type, coalesce(sql, '') FROM sqlite_schema WHERE lower(name) = ?")) {
      for (Ours ours : NAMES) {
        named.setString(1, ours.name());
        try (ResultSet row = named.executeQuery()) {
          if (row.next() && !isOurs(ours, row.getString(1), row.getString(2))) {
            taken.add(named(row.getString(1), ours.name()));
          }
        }
      }
    }
    if (!taken.isEmpty()) {
      throw new StoreException(SqliteCode.NAME_TAKEN.with(file, taken));
    }
  }

  private static Message named(String type, String name) {
    SqliteCode the =
        switch (type) {
          case "table" -> SqliteCode.THE_TABLE;
          case "view" -> SqliteCode.THE_VIEW;
          case "index" -> SqliteCode.THE_INDEX;
          default -> SqliteCode.ONE_TRIGGER;
        };
    return the.with(name);
  }

  private static boolean isOurs(Ours ours, String type, String sql) {
    String folded = sql.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    return type.equals(ours.type()) && folded.contains(ours.within());
  }

  /** Refuses a file whose triggers need what this program does not have. */
  static void refuseWhatCannotRun(Path file, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Compiles the triggers too; runs nothing.
      statement.executeQuery("EXPLAIN UPDATE memories SET metadata = metadata").close();
      statement.executeQuery("EXPLAIN INSERT INTO memories (id) VALUES ('')").close();
    } catch (SQLException failure) {
      List<String> triggers = triggers(connection);
      if (SqliteFailures.isBusy(failure) || triggers.isEmpty()) {
        throw failure;
      }
      throw cannotRun(file, triggers, failure);
    }
  }

  /** Why the triggers of others keep this program from writing. */
  public static StoreException cannotRun(Path file, List<String> triggers, SQLException failure) {
    return new StoreUnavailableException(
        SqliteCode.TRIGGERS_CANNOT_RUN.with(
            file, named(triggers), SqliteFailures.firstLine(failure)),
        failure);
  }

  /** Triggers in words. */
  public static Message named(List<String> triggers) {
    return triggers.size() == 1
        ? SqliteCode.ONE_TRIGGER.with(triggers.getFirst())
        : SqliteCode.SEVERAL_TRIGGERS.with(triggers);
  }

  /** A statement was given up because others had waited too long for the lock. */
  public static StoreException tookTooLong(
      Path file, Duration longest, List<String> triggers, SQLException failure) {
    return new StoreException(
        triggers.isEmpty()
            ? SqliteCode.TOOK_TOO_LONG.with(file, longest.toSeconds())
            : SqliteCode.TOOK_TOO_LONG_FOR_TRIGGERS.with(
                file, longest.toSeconds(), named(triggers)),
        failure);
  }
}
