package dev.memoryconsole.upgrade;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.MetadataJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent that counts: each increment reads a row's whole metadata, raises one counter and writes
 * the whole metadata, inside a transaction that began with the write lock. A thread or a process of
 * its own.
 */
final class SoakWriter {
  /** One that only agents know, and one that an upgrade gives a default. */
  static final List<String> COUNTERS = List.of("hits", "access_count");

  private static final int LARGEST_TRANSACTION = 40;

  private final String url;
  private final int rows;
  private final Random random;
  private final long[][] increments;

  SoakWriter(Path store, int rows, long seed) {
    this.url = "jdbc:sqlite:" + store;
    this.rows = rows;
    this.random = new Random(seed);
    this.increments = new long[rows][COUNTERS.size()];
  }

  /** As a process: store, rows, seed, increments, and the file for what was acknowledged. */
  public static void main(String[] args) throws SQLException, IOException {
    SoakWriter writer =
        new SoakWriter(Path.of(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
    long[][] done = writer.write(Integer.parseInt(args[3]));
    List<String> lines = new ArrayList<>();
    for (long[] row : done) {
      lines.add(row[0] + " " + row[1]);
    }
    Files.write(Path.of(args[4]), lines);
  }

  static String id(int row) {
    return "m" + row;
  }

  /** Makes so many increments; answers how many of each row's counters were acknowledged. */
  long[][] write(int count) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement control = connection.createStatement()) {
      control.execute("PRAGMA busy_timeout = 120000");
      control.execute("PRAGMA synchronous = NORMAL");
      try (PreparedStatement read =
              connection.prepareStatement("SELECT metadata FROM memories WHERE id = ?");
          PreparedStatement update =
              connection.prepareStatement("UPDATE memories SET metadata = ? WHERE id = ?")) {
        int left = count;
        while (left > 0) {
          int now = Math.min(left, 1 + random.nextInt(LARGEST_TRANSACTION));
          control.execute("BEGIN IMMEDIATE");
          int[] counted = new int[now];
          for (int i = 0; i < now; i++) {
            counted[i] = increment(read, update);
          }
          control.execute("COMMIT");
          for (int place : counted) {
            increments[place / COUNTERS.size()][place % COUNTERS.size()]++;
          }
          left -= now;
          // An agent thinks between its writes; without that the first in line would never let go.
          LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200 + random.nextInt(1_000)));
        }
      }
    }
    return increments;
  }

  private int increment(PreparedStatement read, PreparedStatement update) throws SQLException {
    int row = random.nextInt(rows);
    int counter = random.nextInt(COUNTERS.size());
    String key = COUNTERS.get(counter);
    read.setString(1, id(row));
    ObjectNode metadata;
    try (ResultSet found = read.executeQuery()) {
      if (!found.next()) {
        throw new IllegalStateException(id(row) + " is gone");
      }
      metadata = MetadataJson.objectOrEmpty(found.getString(1));
    }
    metadata.put(key, metadata.path(key).asLong() + 1);
    update.setString(1, MetadataJson.write(metadata));
    update.setString(2, id(row));
    if (update.executeUpdate() != 1) {
      throw new IllegalStateException(id(row) + " could not be written");
    }
    return row * COUNTERS.size() + counter;
  }
}
