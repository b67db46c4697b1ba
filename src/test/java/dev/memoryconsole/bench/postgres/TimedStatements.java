package dev.memoryconsole.bench.postgres;

import dev.memoryconsole.store.postgres.DriverBetween;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long the server takes for each kind of statement, by the program's connections. */
final class TimedStatements extends DriverBetween {
  private static final int WORDS = 40;

  /** Of one kind. */
  private record Sum(LongAdder nanos, LongAdder times) {}

  private final Map<String, Sum> sums = new ConcurrentHashMap<>();

  TimedStatements() throws SQLException {
    super("");
    register();
  }

  private void add(String what, long start) {
    Sum sum = sums.computeIfAbsent(what, n -> new Sum(new LongAdder(), new LongAdder()));
    sum.nanos().add(System.nanoTime() - start);
    sum.times().increment();
  }

  @Override
  protected @Nullable Object execute(Connection connection, String sql, Call call)
      throws Throwable {
    long start = System.nanoTime();
    try {
      return call.run();
    } finally {
      add(
          sql.substring(0, Math.min(WORDS, sql.length()))
              + (sql.endsWith("FOR UPDATE") ? " … FOR UPDATE" : ""),
          start);
    }
  }

  @Override
  protected void commit(Connection connection) throws SQLException {
    long start = System.nanoTime();
    connection.commit();
    add(connection.isReadOnly() ? "COMMIT of reads" : "COMMIT", start);
  }

  /** What was measured since it was asked last. */
  String told() {
    String said =
        sums.entrySet().stream()
            .map(each -> text(each.getKey(), each.getValue()))
            .sorted()
            .collect(Collectors.joining("\n"));
    sums.clear();
    return said;
  }

  private static String text(String what, Sum sum) {
    return "    %s: %d times, %.2f ms each"
        .formatted(what, sum.times().sum(), sum.nanos().sum() / 1e6 / sum.times().sum());
  }
}
