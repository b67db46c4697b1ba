package dev.memoryconsole.store.sqlite.connection;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one file, each kind with its own settings. */
public final class Connections {
  public static final int READ_PATIENCE_MILLIS = 5_000;
  private static final int INSPECTION_PATIENCE_MILLIS = 2_000;
  // Enough for the inner pages of a large store. SQLite looks through its whole cache at each
  // commit
  // that split a page (to sort them it numbers one above all others, and then looks for what is
  // beyond the end of the file): with eight times as much that was a quarter of a hold.
  private static final String WRITERS_CACHE = "cache_size = -4000";
  // What a hold of an import changes is more than that, and all of it would be written twice: once
  // to make room and once by the commit. In pages; only as long as the hold lasts.
  private static final String WRITERS_ROOM = "cache_spill = 16384";
  // A statement that fires triggers can be taken back by itself: SQLite first copies each page that
  // it changes, into a file unless told otherwise.
  private static final String WRITERS_COPIES = "temp_store = MEMORY";

  // Enough for the inner pages of a million rows and their indexes: what is read here and there
  // then costs one page and not four.
  private static final String READERS_CACHE = "cache_size = -8000";

  private Connections() {}

  /**
   * For writing. Takes no checkpoints of its own: one inside a commit would hold the lock for as
   * long as the disk needs. Waits for nobody: the write lock does that.
   */
  public static Connection writer(Path file) throws SQLException {
    return open(file, 0, "wal_autocheckpoint = 0", WRITERS_CACHE, WRITERS_ROOM, WRITERS_COPIES);
  }

  /** Opens a connection that only reads; it waits for locks. */
  public static Connection reader(Path file, FileAccess access) throws SQLException {
    return switch (access) {
      case WRITABLE -> open(file, READ_PATIENCE_MILLIS, "query_only = ON", READERS_CACHE);
      case WRITABLE_WITH_A_LOG, READ_ONLY -> copier(file);
      // Where nobody has it open there is no log, and none can be made; a lock would serve nobody.
      case READ_ONLY_AND_LOGGED -> inspector(file, !FilesBeside.LOG.isThere(file));
    };
  }

  /** Opens a connection for checkpoints. */
  public static Connection checkpointer(Path file) throws SQLException {
    return open(file, 0, "wal_autocheckpoint = 0");
  }

  /** Opens a connection to read the whole file: it waits for locks and takes no checkpoints. */
  public static Connection copier(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(READ_PATIENCE_MILLIS);
    return wary(config.createConnection("jdbc:sqlite:" + uri(file)));
  }

  /** Opens a file that nobody else knows and that nobody misses after a crash. */
  public static Connection scratch(Path file) throws SQLException {
    return open(file, 0, "journal_mode = OFF", "synchronous = OFF", "cache_size = -32000");
  }

  /** A look at a file that must not change by it, not even by a lock file beside it. */
  public static Connection inspector(Path file, boolean immutable) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    // Without a log a commit of another program keeps readers out for a moment.
    config.setBusyTimeout(INSPECTION_PATIENCE_MILLIS);
    return wary(
        config.createConnection("jdbc:sqlite:" + uri(file) + (immutable ? "?immutable=1" : "")));
  }

  /**
   * Sets a pragma, in a statement of its own: an unread answer would keep a commit from happening.
   */
  public static void set(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA " + pragma);
    }
  }

  private static Connection open(Path file, int patienceMillis, String... pragmas)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    // To connect reads the file, which a commit of somebody else forbids for a moment where there
    // is no log: also who never waits later waits for that.
    config.setBusyTimeout(READ_PATIENCE_MILLIS);
    config.enforceForeignKeys(true);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    List<String> all = new ArrayList<>(List.of(pragmas));
    all.add("busy_timeout = " + patienceMillis);
    return wary(config.createConnection("jdbc:sqlite:" + uri(file)), all.toArray(String[]::new));
  }

  // Anybody may have made the file: what it holds must not reach for anything outside of it.
  private static Connection wary(Connection connection, String... pragmas) throws SQLException {
    try {
      set(connection, "trusted_schema = OFF");
      set(connection, "cell_size_check = ON");
      for (String pragma : pragmas) {
        set(connection, pragma);
      }
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** The file as SQLite's URI, so that a question mark in a folder's name stays part of it. */
  public static String uri(Path file) {
    return "file:" + file.toUri().getRawPath();
  }
}
