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
import java.util.List;
import java.util.Objects;

/** The tables of shared runs, in a schema of their own. Stateless. */
final class TeamTables {
  private static final long VERSION = 1;
  private static final String MADE = "tables-1.sql";

  private TeamTables() {}

  /** What there is of them for who asks. */
  enum Sight {
    /** Nobody has shared a run yet. */
    NONE,
    /** They are there, and this user may not read them. */
    HIDDEN,
    /** They are there. */
    THERE
  }

  /**
   * Whether they are there.
   *
   * @throws JournalException if a newer program has made them
   */
  static Sight look(Statements statements, PostgresAddress address) throws SQLException {
    List<Boolean> readable =
        statements.list(
            "SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
                + " AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
                + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                + " ON n.oid = c.relnamespace"
                + " WHERE n.nspname = 'memory_console' AND c.relname = 'format'",
            row -> row.getBoolean(1));
    if (readable.isEmpty()) {
      return Sight.NONE;
    }
    if (!readable.getFirst()) {
      return Sight.HIDDEN;
    }
    if (statements.number("SELECT max(version) FROM memory_console.format") > VERSION) {
      throw new JournalException(JournalCode.TEAM_TABLES_NEWER.with(address.toString()));
    }
    return Sight.THERE;
  }

  /** Makes them in the open transaction, where they are not. */
  static void make(Connection connection, Statements statements, PostgresAddress address)
      throws SQLException {
    if (look(statements, address) == Sight.NONE) {
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
