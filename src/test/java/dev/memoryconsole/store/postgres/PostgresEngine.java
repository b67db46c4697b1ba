package dev.memoryconsole.store.postgres;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.contract.StoreEngine;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables in a database of their own, which agents fill by statements of theirs. */
final class PostgresEngine implements StoreEngine {
  static final PostgresOptions OPTIONS =
      new PostgresOptions(
          Duration.ofSeconds(30),
          PostgresOptions.RECONNECTING,
          Clock.systemUTC(),
          PostgresServer.ADMIN,
          keychain -> Optional.of(PostgresServer.PASSWORD));

  private final String metadata;
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.newDatabase();

  /** With metadata of this type. */
  PostgresEngine(String metadata) {
    this.metadata = metadata;
  }

  String database() {
    return database;
  }

  StoreLocation location() {
    return location(server.url(database));
  }

  private StoreLocation location(String url) {
    return StoreLocation.parse(url + "&metadata=" + metadata).orElseThrow();
  }

  @Override
  public MemoryStore create(Path folder) {
    return PostgresStore.create(location(), OPTIONS);
  }

  @Override
  public MemoryStore openAgain(MemoryStore same) {
    return PostgresStore.open(location(), OPTIONS);
  }

  @Override
  public void add(MemoryStore store, List<MemoryEntry> entries) throws SQLException {
    try (Connection connection = server.connect(PostgresServer.ADMIN, database);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO memories"
                    + " (id, text, category, scope, importance, timestamp, metadata)"
                    + " VALUES (?, ?, ?, ?, ?, ?, CAST(? AS "
                    + metadata
                    + "))")) {
      for (MemoryEntry entry : entries) {
        insert.setString(1, entry.id());
        insert.setString(2, entry.text());
        insert.setString(3, entry.category());
        insert.setString(4, entry.scope());
        insert.setObject(5, entry.importance(), Types.DOUBLE);
        insert.setObject(6, entry.timestamp(), Types.BIGINT);
        insert.setString(7, asJson(entry.metadata()));
        insert.executeUpdate();
      }
    }
  }

  /** What is no JSON comes into a column of JSON as a text, if at all. */
  private @Nullable String asJson(@Nullable String written) {
    boolean asIs = written == null || metadata.equals("text") || MetadataJson.isJson(written);
    return asIs ? written : '"' + written + '"';
  }

  @Override
  public MemoryEntry asKept(MemoryEntry entry) {
    String written = asJson(entry.metadata());
    if (!metadata.equals("jsonb") || written == null) {
      return written == null ? entry : Entries.withMetadata(entry, written);
    }
    try (Connection connection = server.connect(PostgresServer.ADMIN, database);
        PreparedStatement statement =
            connection.prepareStatement("SELECT CAST(CAST(? AS jsonb) AS text)")) {
      statement.setString(1, written);
      try (var row = statement.executeQuery()) {
        row.next();
        return Entries.withMetadata(entry, row.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean countsVersions() {
    return true;
  }

  @Override
  public void close() {
    server.drop(database);
  }
}
