package dev.memoryconsole.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
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
  private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);
  private static final long THRESHOLD_BYTES = 1_000 * 4_096L;

  private final Path wal;
  private final Path file;
  private @Nullable Connection connection;
  private final ReentrantLock busy = new ReentrantLock();
  private long floor;

  Checkpointer(Path file) {
    this.file = file;
    wal = file.resolveSibling(file.getFileName() + "-wal");
  }

  /** To be called after a commit. A failure only postpones the checkpoint. */
  void afterCommit() {
    if (!busy.tryLock()) {
      return;
    }
    try {
      long size = size();
      if (size < floor) {
        floor = 0;
      }
      if (size > floor + THRESHOLD_BYTES) {
        checkpoint(size);
      }
    } catch (SQLException | IOException postponed) {
      log.debug("No checkpoint this time", postponed);
    } finally {
      busy.unlock();
    }
  }

  // While somebody reads an old state of the store the log cannot start anew: then wait until it
  // has grown
  // by as much again, instead of trying after every commit.
  private void checkpoint(long size) throws SQLException {
    Connection open = connection == null ? Connections.checkpointer(file) : connection;
    connection = open;
    try (Statement statement = open.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      floor = size;
      if (result.next() && log.isTraceEnabled()) {
        log.trace("Checkpoint: {} of {} pages", result.getInt(3), result.getInt(2));
      }
    }
  }

  private long size() throws IOException {
    return Files.exists(wal) ? Files.size(wal) : 0;
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }
}
