package dev.memoryconsole.journal.database;

import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Opens the journal's file and brings it to the current schema. */
public final class JournalDatabase {
  private static final int SCHEMA = 13;
  private static final int BUSY_MILLIS = 10_000;

  private JournalDatabase() {}

  /** Makes the file if it is not there: a file has an identity, a name has none. */
  public static void make(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException byAnotherProcess) {
      return;
    } catch (IOException e) {
      throw cannotBeOpened(file, e);
    }
  }

  /** Brings it to the current schema. */
  public static void prepare(Path file) {
    try (Connection connection = connect(file)) {
      migrate(connection, file);
    } catch (IOException | SQLException e) {
      throw cannotBeOpened(file, e);
    }
  }

  private static JournalException cannotBeOpened(Path file, Exception cause) {
    return new JournalException(JournalCode.NOT_USABLE.with(file), cause);
  }

  /** A new connection; the caller closes it. */
  public static Connection connect(Path file) throws SQLException {
    return connect(file, BUSY_MILLIS);
  }

  /** One that waits for nobody, for {@link JournalTransactions}. */
  public static Connection connectToWrite(Path file) throws SQLException {
    return connect(file, 0);
  }

  private static Connection connect(Path file, int busyMillis) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    // Nobody asks for them, and the driver would after each row.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      // A checkpoint inside a commit could fall into the time a store's lock is held.
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.execute("PRAGMA busy_timeout = " + busyMillis);
    }
    return connection;
  }

  /**
   * In one transaction, so that nobody ever sees a schema in between. Most scripts only add
   * columns, which costs nothing; 4 and 7 go through all entries once (a million take some
   * seconds). Who works with the journal meanwhile, an older program, waits for that as for any
   * other write, and not under a store's lock: there it gives up after {@link
   * JournalTransactions#AT_ONCE} and tries again.
   */
  private static void migrate(Connection connection, Path file) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      if (version(statement) == SCHEMA) {
        // Who only looks waits for nobody who writes.
        return;
      }
      statement.execute("BEGIN IMMEDIATE");
      int version = version(statement);
      if (version > SCHEMA) {
        statement.execute("ROLLBACK");
        throw new JournalException(JournalCode.NEWER.with(file));
      }
      for (int next = version + 1; next <= SCHEMA; next++) {
        statement.executeUpdate(script(next));
        statement.execute("PRAGMA user_version = " + next);
      }
      statement.execute("COMMIT");
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private static String script(int version) throws IOException {
    String name = "schema-" + version + ".sql";
    try (InputStream in = JournalDatabase.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
