package dev.memoryconsole.store.sqlite.connection;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether anybody has committed to a file, from the counter that SQLite keeps of it. A
 * connection of its own, because each has a counter of its own. Safe for use by many threads.
 */
public final class ChangeMark implements AutoCloseable {
  private final Path file;
  private final FileAccess access;
  private @Nullable Connection connection;

  /** Connects when first asked. */
  public ChangeMark(Path file, FileAccess access) {
    this.file = file;
    this.access = access;
  }

  /** Another number than before if anybody has committed since; always 0 for a read-only file. */
  public synchronized long mark() {
    // What is right for such a file depends on who else has it open at the moment.
    if (!access.mayWrite()) {
      return 0;
    }
    try {
      Connection own = connection;
      if (own == null) {
        own = Connections.reader(file, access);
        connection = own;
      }
      return Sql.number(own, "PRAGMA data_version");
    } catch (SQLException failure) {
      throw SqliteFailures.of(file, SqliteCode.READING, failure);
    }
  }

  /** Only when nobody asks any more. */
  @Override
  public synchronized void close() throws SQLException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
