package dev.memoryconsole.bench.postgres;

import dev.memoryconsole.testing.OtherJava;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * An agent in a process of its own, as agents are: what the console's JVM stops for doesn't stop
 * it. Every 5 ms it reads a row with its lock, writes it and commits.
 */
final class RowWriter implements AutoCloseable {
  private static final long PAUSE_NANOS = 5_000_000L;
  private static final String READY = "ready";

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;

  /** What the agent waited in some time. */
  record Waits(Histogram row, Histogram write) {
    Waits() {
      this(new Histogram(3), new Histogram(3));
    }

    void add(Waits more) {
      row.add(more.row);
      write.add(more.write);
    }
  }

  RowWriter(BenchTable table) throws IOException {
    process = OtherJava.start(RowWriter.class, table.server().port(), table.database());
    answers = process.inputReader(StandardCharsets.UTF_8);
    orders = process.outputWriter(StandardCharsets.UTF_8);
    if (!READY.equals(answers.readLine())) {
      throw new IOException("The agent did not start");
    }
  }

  /** Writes for so long. */
  Waits write(long nanos) throws IOException, DataFormatException {
    orders.write(nanos + "\n");
    orders.flush();
    return new Waits(histogram(), histogram());
  }

  private Histogram histogram() throws IOException, DataFormatException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("The agent has ended");
    }
    return Histogram.decodeFromCompressedByteBuffer(
        ByteBuffer.wrap(Base64.getDecoder().decode(line)), 0);
  }

  @Override
  public void close() throws IOException {
    orders.close();
    process.destroy();
  }

  /** The agent itself. */
  static void main(String[] arguments) throws IOException, SQLException {
    PrintStream out = System.out;
    try (Connection connection = BenchTable.connect(Integer.parseInt(arguments[0]), arguments[1]);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      connection.setAutoCommit(false);
      List<String> ids = ids(connection);
      out.println(READY);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Waits waits = write(connection, ids, Long.parseLong(line));
        out.println(text(waits.row()));
        out.println(text(waits.write()));
      }
    }
  }

  private static String text(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  private static List<String> ids(Connection connection) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (PreparedStatement all =
            connection.prepareStatement("SELECT id FROM memories ORDER BY id");
        ResultSet rows = all.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    connection.commit();
    return ids;
  }

  private static Waits write(Connection connection, List<String> ids, long nanos)
      throws SQLException {
    Random dice = new Random(7);
    Waits waits = new Waits();
    try (PreparedStatement read =
            connection.prepareStatement("SELECT metadata FROM memories WHERE id = ? FOR UPDATE");
        PreparedStatement write =
            connection.prepareStatement("UPDATE memories SET importance = ? WHERE id = ?")) {
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        String id = ids.get(dice.nextInt(ids.size()));
        long start = System.nanoTime();
        read.setString(1, id);
        try (ResultSet row = read.executeQuery()) {
          row.next();
        }
        waits.row().recordValue(System.nanoTime() - start);
        write.setDouble(1, dice.nextDouble());
        write.setString(2, id);
        write.executeUpdate();
        connection.commit();
        waits.write().recordValue(System.nanoTime() - start);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return waits;
  }
}
