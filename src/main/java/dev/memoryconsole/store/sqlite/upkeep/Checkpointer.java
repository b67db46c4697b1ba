package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.store.sqlite.connection.Connections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the store when it has grown, outside the write lock. A passive
 * checkpoint waits for nobody and keeps nobody waiting. Safe for use by many threads.
 *
 * <p>The log starts anew only after a checkpoint that nobody wrote beside. So of a long log nearly
 * all is moved by a thread of its own while the writing goes on, and then the rest between two
 * writes.
 */
public final class Checkpointer implements AutoCloseable {
  // The first commit after a checkpoint starts the log anew and has to wait for the disk, inside
  // the lock. Ten times SQLite's own 1,000 pages makes that ten times as rare.
  private static final int THRESHOLD_PAGES = 10_000;
  // An import changes the same pages of the indexes again and again: a longer log holds more of
  // these writes of one page, and only the last is moved.
  private static final int THRESHOLD_PAGES_OF_AN_IMPORT = 40_000;
  // Other programs take a checkpoint of their own from 1,000 pages on, after each of their commits:
  // so that they never have to, ours come first.
  private static final int THRESHOLD_PAGES_AMONG_OTHERS = 500;

  private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

  private final Path file;
  private final ReentrantLock busy = new ReentrantLock();
  // Has no thread until the log is long for the first time.
  private final ExecutorService mover =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("store-checkpoint").factory());
  private @Nullable Connection connection;
  private int floor;
  private volatile Moving moving = Moving.NOTHING;

  private enum Moving {
    NOTHING,
    MOST,
    THE_REST
  }

  public Checkpointer(Path file) {
    this.file = file;
  }

  /**
   * To be called after a commit. A failure only postpones the checkpoint.
   *
   * @param othersWrite whether other programs write, too
   */
  public void afterCommit(boolean othersWrite) {
    after(othersWrite, THRESHOLD_PAGES);
  }

  /** To be called after a commit of an import; see {@link #afterCommit}. */
  public void afterInsert(boolean othersWrite) {
    after(othersWrite, THRESHOLD_PAGES_OF_AN_IMPORT);
  }

  private void after(boolean othersWrite, int threshold) {
    if (moving == Moving.MOST || !busy.tryLock()) {
      return;
    }
    try {
      Connection open = connection == null ? Connections.checkpointer(file) : connection;
      connection = open;
      int pending = checkpoint(open, "NOOP");
      floor = Math.min(floor, pending);
      if (moving == Moving.THE_REST
          || (othersWrite && pending > floor + THRESHOLD_PAGES_AMONG_OTHERS)) {
        moving = Moving.NOTHING;
        // While somebody reads an old state of the store some pages must stay: then wait until
        // there are as many again, instead of trying after every commit.
        floor = checkpoint(open, "PASSIVE");
      } else if (pending > floor + threshold) {
        moving = Moving.MOST;
        mover.execute(this::moveMost);
      }
    } catch (SQLException postponed) {
      log.debug("No checkpoint this time", postponed);
    } finally {
      busy.unlock();
    }
  }

  private void moveMost() {
    try (Connection own = Connections.checkpointer(file)) {
      checkpoint(own, "PASSIVE");
    } catch (SQLException postponed) {
      log.debug("No checkpoint beside the writing this time", postponed);
    } finally {
      moving = Moving.THE_REST;
    }
  }

  /** Returns how many pages of the log are not in the file yet. */
  private static int checkpoint(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return result.next() ? result.getInt(2) - result.getInt(3) : 0;
    }
  }

  /** Waits for the checkpoint under way. */
  @Override
  public void close() throws SQLException {
    mover.close();
    if (connection != null) {
      connection.close();
    }
  }
}
