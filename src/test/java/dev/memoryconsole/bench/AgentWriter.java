package dev.memoryconsole.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Writes metadata every few milliseconds, as an agent's plugin with its own connection does. */
final class AgentWriter implements AutoCloseable {
  private static final long BEAT_NANOS = 5_000_000;
  private static final long HIGHEST_NANOS = 60_000_000_000L;

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement update;
  private final PreparedStatement commit;
  private final List<String> ids;
  private final Random random = new Random(5);

  /** What the writer met in some time. */
  static final class Waits {
    final Histogram lock = new Histogram(HIGHEST_NANOS, 3);
    final Histogram write = new Histogram(HIGHEST_NANOS, 3);

    void add(Waits other) {
      lock.add(other.lock);
      write.add(other.write);
    }
  }

  AgentWriter(Path file, List<String> ids) throws SQLException {
    this.ids = ids;
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
    }
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    update =
        connection.prepareStatement(
            "UPDATE memories SET metadata = json_set(coalesce(metadata, '{}'), '$.access_count',"
                + " coalesce(json_extract(metadata, '$.access_count'), 0) + 1) WHERE id = ?");
    commit = connection.prepareStatement("COMMIT");
  }

  /** Writes for some time; one row at each beat. */
  Waits write(long nanos) throws SQLException {
    Waits waits = new Waits();
    long end = System.nanoTime() + nanos;
    long beat = System.nanoTime();
    while (beat < end) {
      long asked = System.nanoTime();
      begin.execute();
      long held = System.nanoTime();
      update.setString(1, ids.get(random.nextInt(ids.size())));
      update.executeUpdate();
      commit.execute();
      waits.lock.recordValue(held - asked);
      waits.write.recordValue(System.nanoTime() - asked);
      beat = Math.max(beat + BEAT_NANOS, System.nanoTime());
      for (long left = beat - System.nanoTime(); left > 0; left = beat - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
    return waits;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
