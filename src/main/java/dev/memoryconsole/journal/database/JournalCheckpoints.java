package dev.memoryconsole.journal.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the journal's log into its file when it has grown: beside the writing, by a thread and a
 * connection of its own, which waits for nobody and keeps nobody waiting. The log starts anew when
 * all of it was moved, which takes a moment in which nobody writes: each round has less left than
 * the one before, so that such a moment is found as a rule. Only where it never is, and the log has
 * become large, the writer moves the rest itself, and others wait for its sync.
 *
 * <p>To be used under the journal's writing lock.
 */
public final class JournalCheckpoints implements AutoCloseable {
  private static final int WRITES_PER_CHECKPOINT = 1_000;

  /** Much less than {@link #LARGEST_LOG} is written in the time of so many rounds. */
  private static final int ROUNDS = 5;

  /** Pages, of 4 KB each. */
  private static final int LARGEST_LOG = 16_384;

  private static final Logger LOG = LoggerFactory.getLogger(JournalCheckpoints.class);

  private final Path file;
  // Has no thread until the first checkpoint.
  private final ExecutorService mover =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("journal-checkpoint").factory());
  private int writes;
  private volatile boolean largeAndMoved;

  public JournalCheckpoints(Path file) {
    this.file = file;
  }

  /** Moves what is left. */
  public interface Rest {
    /** Waits for nobody; others wait for it. */
    void move() throws SQLException;
  }

  /**
   * To be called after each write.
   *
   * @param rest moves by the connection that writes; called where nothing else helps
   */
  public void afterWrite(Rest rest) throws SQLException {
    if (largeAndMoved) {
      largeAndMoved = false;
      rest.move();
    } else if (++writes >= WRITES_PER_CHECKPOINT) {
      writes = 0;
      mover.execute(this::move);
    }
  }

  private void move() {
    try (Connection connection = JournalDatabase.connect(file);
        Statement statement = connection.createStatement()) {
      int log = 0;
      boolean all = false;
      for (int round = 0; round < ROUNDS && !all; round++) {
        try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
          log = row.getInt("log");
          all = row.getInt("checkpointed") == log;
        }
      }
      largeAndMoved = !all && log > LARGEST_LOG;
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
