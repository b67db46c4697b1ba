package dev.memoryconsole.journal.database;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.cancel.sqlite.Attention;
import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.message.Message;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Leaves nothing of what was erased in the files of a journal. Stateless. */
public final class JournalRewrite {
  private JournalRewrite() {}

  /**
   * Writes the file anew without the space that is free in it, and empties its log. Others that
   * write wait for it.
   *
   * @return why it could not be done wholly; empty if it was
   */
  public static Optional<Message> run(Path file) throws SQLException {
    try (Connection connection = JournalDatabase.connect(file)) {
      Attention attention = Attention.on(connection);
      attention.begin();
      try (Statement statement = connection.createStatement()) {
        statement.execute("VACUUM");
        try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
          return row.getInt("busy") == 0
              ? Optional.empty()
              : Optional.of(JournalCode.LOG_IN_USE.with());
        }
      } catch (SQLException failure) {
        Cancellation.check();
        return Optional.of(JournalCode.NOT_CLEANED.with(JournalGate.reason(failure)));
      }
    }
  }
}
