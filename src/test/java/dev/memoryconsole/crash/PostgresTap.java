package dev.memoryconsole.crash;

import dev.memoryconsole.store.postgres.DriverBetween;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells {@link StepTap} before and after each statement and commit that goes to a server. */
final class PostgresTap extends DriverBetween {
  private static final Pattern VERB = Pattern.compile("\\s*(\\w+).*?( FOR UPDATE)?");
  private static final String SELECT = "SELECT";
  private static final String SET = "SET";

  private final Map<Connection, String> writes = new ConcurrentHashMap<>();

  private PostgresTap() {
    super("");
  }

  /** Steps between in this process, to its end. */
  static void open() throws SQLException {
    new PostgresTap().register();
  }

  private static String verb(String sql) {
    // What bounds a transaction goes with its first statement.
    Matcher verb = VERB.matcher(sql.replaceAll("(SET LOCAL [^;]+;)|\\s+", " "));
    return verb.matches() ? verb.group(1) + (verb.group(2) == null ? "" : verb.group(2)) : sql;
  }

  @Override
  protected @Nullable Object execute(Connection connection, String sql, Call call)
      throws Throwable {
    String verb = verb(sql);
    if (verb.equals(SET)) {
      // Who waits is looked at by the clock: no step that every run comes to.
      return call.run();
    }
    if (!verb.equals(SELECT)) {
      writes.put(connection, verb);
    }
    StepTap.step("postgres " + verb + " before");
    Object result = call.run();
    StepTap.step("postgres " + verb + " after");
    return result;
  }

  @Override
  protected void commit(Connection connection) throws SQLException {
    String last = writes.remove(connection);
    String what = "postgres COMMIT of " + (last == null ? "reads" : last);
    StepTap.step(what + " before");
    connection.commit();
    StepTap.step(what + " after");
  }
}
