package dev.memoryconsole.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the journal's log into its file when it has grown. Nearly all of it is moved beside the
 * writing, by a thread and a connection of its own, which waits for nobody and keeps nobody
 * waiting; only the rest, for which nobody may write, by the writer.
 *
 * <p>To be used under the journal's writing lock.
 */
final class JournalCheckpoints implements AutoCloseable {
  private static final int WRITES_PER_CHECKPOINT = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(JournalCheckpoints.class);

  private final Path file;
  // Has no thread until the first checkpoint.
  private final ExecutorService mover =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("journal-checkpoint").factory());
  private int writes;
  private volatile boolean moved;

  JournalCheckpoints(Path file) {
    this.file = file;
  }

  void afterWrite(JournalWriter writer) throws SQLException {
    if (moved) {
      moved = false;
      writer.checkpoint();
    } else if (++writes >= WRITES_PER_CHECKPOINT) {
      writes = 0;
      mover.execute(this::move);
    }
  }

  private void move() {
    try (Connection connection = JournalDatabase.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
      moved = true;
    } catch (SQLException postponed) {
      LOG.debug("No checkpoint this time", postponed);
    }
  }

  /** Waits for the checkpoint under way. */
  @Override
  public void close() {
    mover.close();
  }
}
