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
  private final Map<String, LongAdder> nanos = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> times = new ConcurrentHashMap<>();

  TimedStatements() throws SQLException {
    super("");
    register();
  }

  private void add(String what, long start) {
    nanos.computeIfAbsent(what, n -> new LongAdder()).add(System.nanoTime() - start);
    times.computeIfAbsent(what, n -> new LongAdder()).increment();
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
        nanos.entrySet().stream()
            .map(
                each ->
                    "    %s: %d times, %.2f ms each"
                        .formatted(
                            each.getKey(),
                            times.get(each.getKey()).sum(),
                            each.getValue().sum() / 1e6 / times.get(each.getKey()).sum()))
            .sorted()
            .collect(Collectors.joining("\n"));
    nanos.clear();
    times.clear();
    return said;
  }
}
