package dev.memoryconsole.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the store when it has grown, outside the write lock. A passive
 * checkpoint waits for nobody and keeps nobody waiting. Safe for use by many threads.
 */
final class Checkpointer implements AutoCloseable {
  // The first commit after a checkpoint starts the log anew and has to wait for the disk, inside
  // the lock. Ten times SQLite's own 1,000 pages makes that ten times as rare.
  private static final int THRESHOLD_PAGES = 10_000;
  // Other programs take a checkpoint of their own from 1,000 pages on, after each of their commits:
  // so that they never have to, ours come first.
  private static final int THRESHOLD_PAGES_AMONG_OTHERS = 500;

  private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

  private final Path file;
  private final ReentrantLock busy = new ReentrantLock();
  private @Nullable Connection connection;
  private int floor;

  Checkpointer(Path file) {
    this.file = file;
  }

  /**
   * To be called after a commit. A failure only postpones the checkpoint.
   *
   * @param othersWrite whether other programs write, too
   */
  void afterCommit(boolean othersWrite) {
    if (!busy.tryLock()) {
      return;
    }
    try {
      int pending = checkpoint("NOOP");
      floor = Math.min(floor, pending);
      int threshold = othersWrite ? THRESHOLD_PAGES_AMONG_OTHERS : THRESHOLD_PAGES;
      if (pending > floor + threshold) {
        // While somebody reads an old state of the store some pages must stay: then wait until
        // there are as many again, instead of trying after every commit.
        floor = checkpoint("PASSIVE");
      }
    } catch (SQLException postponed) {
      log.debug("No checkpoint this time", postponed);
    } finally {
      busy.unlock();
    }
  }

  /** Returns how many pages of the log are not in the file yet. */
  private int checkpoint(String mode) throws SQLException {
    Connection open = connection == null ? Connections.checkpointer(file) : connection;
    connection = open;
    try (Statement statement = open.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return result.next() ? result.getInt(2) - result.getInt(3) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }
}
