package dev.memoryconsole.store.postgres.table;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a server and its table before either is used. Changes nothing. Stateless. */
public final class TableLook {
  // What YugabyteDB's oldest release in use speaks like.
  private static final int OLDEST = 110_000;

  private static final List<String> TEXTS = List.of("text", "character varying.*");
  private static final List<String> NUMBERS =
      List.of("double precision", "real", "numeric.*", "bigint", "integer", "smallint");

  /** The columns that must be there, and what their types may be. */
  private static final Map<String, List<String>> NEEDED =
      new LinkedHashMap<>(
          Map.of(
              "id", TEXTS,
              "text", TEXTS,
              "category", TEXTS,
              "scope", TEXTS,
              "importance", NUMBERS,
              "timestamp", NUMBERS,
              "metadata", List.of("text", "character varying.*", "json", "jsonb")));

  private TableLook() {}

  /**
   * Checks that the server is one that this program can use.
   *
   * @throws StoreException if not
   */
  public static void checkServer(Connection connection, PostgresAddress address)
      throws SQLException {
    int version = Integer.parseInt(setting(connection, "server_version_num"));
    if (version < OLDEST) {
      throw new StoreException(
          PostgresCode.TOO_OLD.with(address.toString(), setting(connection, "server_version")));
    }
    String encoding = setting(connection, "server_encoding");
    if (!encoding.equalsIgnoreCase("UTF8")) {
      throw new StoreException(PostgresCode.NOT_UTF8.with(address.toString(), encoding));
    }
  }

  private static String setting(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet value = statement.executeQuery("SHOW " + name)) {
      value.next();
      return value.getString(1);
    }
  }

  /** A table that was found. */
  private record Found(long oid, String schema, boolean view) {}

  /** Whether there is anything of that name where the table would be. */
  public static boolean isThere(Connection connection, PostgresAddress address)
      throws SQLException {
    return find(connection, address, "").isPresent();
  }

  private static Optional<Found> find(Connection connection, PostgresAddress address, String kinds)
      throws SQLException {
    String sql =
        "SELECT c.oid, n.nspname, c.relkind = 'v' FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = ? AND "
            + (address.schema() == null ? "pg_catalog.pg_table_is_visible(c.oid)" : "n.nspname = ?")
            + kinds;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, address.table());
      if (address.schema() != null) {
        statement.setString(2, address.schema());
      }
      try (ResultSet table = statement.executeQuery()) {
        return table.next()
            ? Optional.of(new Found(table.getLong(1), table.getString(2), table.getBoolean(3)))
            : Optional.empty();
      }
    }
  }

  /**
   * Looks at the table.
   *
   * @throws StoreException if there is none, or it can't be taken for one of memories
   */
  public static TableShape shape(Connection connection, PostgresAddress asked) throws SQLException {
    Found found =
        find(connection, asked, " AND c.relkind IN ('r', 'p', 'v')")
            .orElseThrow(() -> new StoreException(PostgresCode.NO_TABLE.with(asked.toString())));
    PostgresAddress address = asked.in(found.schema());
    Map<String, String> columns = columns(connection, found.oid());
    check(address, columns);
    Set<String> changeable = found.view() ? changeable(connection, found.oid()) : null;
    return new TableShape(
        address,
        columns,
        metadata(columns),
        "bigint".equals(columns.get(TableShape.VERSION)),
        changeable,
        refusal(connection, address, found.oid(), changeable));
  }

  private static Map<String, String> columns(Connection connection, long table)
      throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)"
                + " FROM pg_catalog.pg_attribute a"
                + " WHERE a.attrelid = CAST(? AS oid) AND a.attnum > 0 AND NOT a.attisdropped"
                + " ORDER BY a.attnum")) {
      statement.setLong(1, table);
      try (ResultSet column = statement.executeQuery()) {
        while (column.next()) {
          columns.put(column.getString(1), column.getString(2));
        }
      }
    }
    return columns;
  }

  private static Set<String> changeable(Connection connection, long view) throws SQLException {
    Set<String> columns = new HashSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = CAST(? AS oid) AND attnum"
                + " > 0 AND NOT attisdropped AND pg_catalog.pg_column_is_updatable(attrelid,"
                + " attnum, true)")) {
      statement.setLong(1, view);
      try (ResultSet column = statement.executeQuery()) {
        while (column.next()) {
          columns.add(column.getString(1));
        }
      }
    }
    return columns;
  }

  private static void check(PostgresAddress address, Map<String, String> columns) {
    List<String> missing =
        NEEDED.keySet().stream().filter(name -> !columns.containsKey(name)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new StoreException(PostgresCode.COLUMN_MISSING.with(address.toString(), missing));
    }
    NEEDED.forEach(
        (name, types) -> {
          String type = columns.getOrDefault(name, "");
          if (types.stream().noneMatch(type::matches)) {
            throw new StoreException(
                PostgresCode.COLUMN_OF_ANOTHER_TYPE.with(address.toString(), name, type));
          }
        });
  }

  private static TableShape.Metadata metadata(Map<String, String> columns) {
    return switch (columns.getOrDefault(TableShape.METADATA, "")) {
      case "jsonb" -> TableShape.Metadata.JSONB;
      case "json" -> TableShape.Metadata.JSON;
      default -> TableShape.Metadata.TEXT;
    };
  }

  private static @Nullable Message refusal(
      Connection connection, PostgresAddress address, long table, @Nullable Set<String> changeable)
      throws SQLException {
    // On a standby it is always on; elsewhere somebody has set it so.
    if (setting(connection, "transaction_read_only").equals("on")) {
      return PostgresCode.ANSWERS_READS_ONLY.with(address.toString());
    }
    if (!asks(
        connection, "SELECT pg_catalog.has_table_privilege(CAST(? AS oid), 'UPDATE')", table)) {
      return PostgresCode.MAY_ONLY_READ.with(address.toString(), address.user());
    }
    if (changeable != null) {
      // Two rows of one id are told under their locks, and left alone.
      return changeable.contains(TableShape.METADATA)
          ? null
          : PostgresCode.VIEW_NOT_CHANGEABLE.with(address.toString());
    }
    boolean unique =
        asks(
            connection,
            "SELECT count(*) > 0 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a"
                + " ON a.attrelid = i.indrelid AND a.attname = 'id'"
                + " WHERE i.indrelid = CAST(? AS oid) AND i.indisunique AND i.indpred IS NULL"
                + " AND CAST(i.indkey AS text) = CAST(a.attnum AS text)",
            table);
    return unique ? null : PostgresCode.IDS_NOT_UNIQUE.with(address.toString());
  }

  private static boolean asks(Connection connection, String sql, long table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, table);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }
}
