package dev.memoryconsole.store.postgres.table;

import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes a table of memories; its contract is {@code src/docs/postgres-store.md}. Stateless. */
public final class NewTable {
  // From 2^62 on no version is taken over.
  private static final String HIGHEST_VERSION = "4611686018427387903";

  private NewTable() {}

  /** A time in milliseconds, from a column that may hold seconds. */
  static String millis(String column) {
    return "(CASE WHEN "
        + column
        + " < 1000000000000 AND "
        + column
        + " > -1000000000000 THEN "
        + column
        + " * 1000 ELSE "
        + column
        + " END)";
  }

  /** Makes the table with its trigger and its indexes in the open transaction. */
  public static void make(Connection connection, PostgresAddress address) throws SQLException {
    makeTable(connection, address);
    makeIndexes(connection, address);
  }

  /** Makes the table with its trigger in the open transaction. */
  public static void makeTable(Connection connection, PostgresAddress address) throws SQLException {
    String table = address.quotedTable();
    String function = address.beside("_version").quotedTable();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE "
              + table
              + " (id text"
              + byBytes(statement)
              + " PRIMARY KEY, \"text\" text, vector bytea, category text,"
              + " scope text, importance double precision, \"timestamp\" bigint, metadata "
              + address.metadataType()
              + ", version bigint NOT NULL DEFAULT 1)");
      statement.execute(
          "CREATE FUNCTION "
              + function
              + "() RETURNS trigger LANGUAGE plpgsql AS $version$\n"
              + "BEGIN\n"
              + "  IF NEW.version IS NULL OR NEW.version > "
              + HIGHEST_VERSION
              + " THEN\n"
              + "    NEW.version := 1;\n"
              + "  END IF;\n"
              + "  IF TG_OP = 'UPDATE' THEN\n"
              + "    NEW.version := greatest(NEW.version, OLD.version + 1);\n"
              + "  END IF;\n"
              + "  RETURN NEW;\n"
              + "END $version$");
      statement.execute(
          "CREATE TRIGGER "
              + PostgresAddress.quoted(address.table() + "_version")
              + " BEFORE INSERT OR UPDATE ON "
              + table
              + " FOR EACH ROW EXECUTE FUNCTION "
              + function
              + "()");
    }
  }

  /** Makes the indexes in the open transaction. */
  public static void makeIndexes(Connection connection, PostgresAddress address)
      throws SQLException {
    String table = address.quotedTable();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE INDEX "
              + PostgresAddress.quoted(address.table() + "_time")
              + " ON "
              + table
              + " (("
              + millis("\"timestamp\"")
              + ") DESC NULLS LAST, id"
              + byBytes(statement)
              + ")");
      if (hasTrigrams(statement)) {
        String trigrams = "CREATE INDEX ON " + table + " USING gin (";
        statement.execute(trigrams + "\"text\" gin_trgm_ops)");
        if (address.metadataType().equals("jsonb")) {
          statement.execute(trigrams + "(metadata ->> 'l0_abstract') gin_trgm_ops)");
        }
      }
    }
  }

  /**
   * Has a column in the order of its bytes. CockroachDB's is that, and it has no column of that
   * collation.
   */
  private static String byBytes(Statement statement) throws SQLException {
    try (ResultSet version = statement.executeQuery("SELECT version()")) {
      return version.next() && version.getString(1).startsWith("CockroachDB")
          ? ""
          : " COLLATE \"C\"";
    }
  }

  private static boolean hasTrigrams(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")) {
      return found.next();
    }
  }
}
