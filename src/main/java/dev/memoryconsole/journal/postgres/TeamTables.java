package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The tables of shared runs, in a schema of their own. Stateless. */
final class TeamTables {
  private static final long VERSION = 1;
  private static final String MADE = "tables-1.sql";

  private TeamTables() {}

  /**
   * Whether they are there.
   *
   * @throws JournalException if a newer program has made them
   */
  static boolean areThere(Statements statements, PostgresAddress address) throws SQLException {
    boolean there =
        statements.number(
                "SELECT count(*) FROM information_schema.tables"
                    + " WHERE table_schema = 'memory_console' AND table_name = 'format'")
            > 0;
    if (there && statements.number("SELECT max(version) FROM memory_console.format") > VERSION) {
      throw new JournalException(JournalCode.TEAM_TABLES_NEWER.with(address.toString()));
    }
    return there;
  }

  /** Makes them in the open transaction, where they are not. */
  static void make(Connection connection, Statements statements, PostgresAddress address)
      throws SQLException {
    if (!areThere(statements, address)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(script());
      }
    }
  }

  private static String script() {
    try (InputStream script =
        Objects.requireNonNull(TeamTables.class.getResourceAsStream(MADE), MADE)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
