package dev.memoryconsole.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.core.DB;

/**
 * What the child process does at a step: it counts, and at the n-th of one name it halts or spoils
 * the file that the step is about to use. A step is a statement on one of the two databases, or a
 * call of the model.
 */
public final class StepTap {
  /** The exit code of a process that halted itself. */
  static final int HALTED = 99;

  private static final Pattern VERB = Pattern.compile("\\s*(\\w+)(?:\\s+(?:INTO\\s+)?(\\w+))?.*");
  private static final Pattern STATE = Pattern.compile("UPDATE (entries|runs) SET state = \\?.*");
  private static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();
  private static final Map<String, String> LAST_WRITE = new ConcurrentHashMap<>();
  private static final ThreadLocal<Boolean> OURSELVES = ThreadLocal.withInitial(() -> false);
  private static final @Nullable String STEP = System.getProperty("tap.step");
  private static final int COUNT = Integer.getInteger("tap.count", 1);
  private static final @Nullable String FAULT = System.getProperty("tap.fault");
  private static volatile @Nullable Connection somebodyElse;
  private static volatile @Nullable DB spoiled;

  private StepTap() {}

  /** Called by the driver. */
  public static void before(DB database, String sql, Object @Nullable [] values) {
    reached(database, name(database, sql, values) + " before");
  }

  /** Called by the driver. */
  public static void after(DB database, String sql, Object @Nullable [] values) {
    reached(database, name(database, sql, values) + " after");
  }

  /** Called by the model. */
  static void step(String name) {
    reached(null, name);
  }

  /** Every step that was reached, and how often. */
  static Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    COUNTS.forEach((name, count) -> counts.put(name, count.get()));
    return counts;
  }

  private static void reached(@Nullable DB database, String name) {
    if (OURSELVES.get()) {
      return;
    }
    int count = COUNTS.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
    if (!name.equals(STEP) || count != COUNT) {
      return;
    }
    String fault = FAULT;
    if (fault == null) {
      Runtime.getRuntime().halt(HALTED);
      return;
    }
    if (fault.equals("unconfirmed")) {
      throw StepTap.<RuntimeException>unchecked(
          new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR));
    }
    OURSELVES.set(true);
    try {
      spoil(Objects.requireNonNull(database), fault);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      OURSELVES.set(false);
    }
  }

  /** The driver's gate declares what it throws, the call of this tap inside it does not. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }

  private static void spoil(DB database, String fault) throws Exception {
    Path file = file(database);
    spoiled = database;
    switch (fault) {
      // The engine's own limit: what it says then is what it says on a full disk.
      case "full" -> database._exec("PRAGMA max_page_count = 1");
      case "readonly" -> database._exec("PRAGMA query_only = ON");
      case "locked" -> {
        database._exec("PRAGMA busy_timeout = 50");
        Connection lock = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = lock.createStatement()) {
          statement.execute("BEGIN IMMEDIATE");
        }
        somebodyElse = lock;
      }
      case "deleted" -> {
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
          Files.deleteIfExists(Path.of(file + suffix));
        }
      }
      case "garbage" -> {
        byte[] garbage = new byte[(int) Files.size(file)];
        new java.util.Random(7).nextBytes(garbage);
        Files.write(file, garbage);
        Files.write(Path.of(file + "-wal"), garbage);
      }
      case "disk" -> DiskFiller.fill(file.resolveSibling("filler"));
      default -> throw new IllegalArgumentException(fault);
    }
  }

  private static String name(DB database, String sql, Object @Nullable [] values) {
    String base = String.valueOf(file(database).getFileName()).replace(".db", "");
    Matcher verb = VERB.matcher(sql.replaceAll("\\s+", " "));
    String what = verb.matches() ? verb.group(1) : sql;
    String thread = base + Thread.currentThread().threadId();
    switch (what) {
      case "UPDATE", "INSERT" -> {
        what += " " + verb.group(2);
        if (values != null
            && values.length > 0
            && STATE.matcher(sql.replaceAll("\\s+", " ")).matches()) {
          what += " " + values[0];
        }
        LAST_WRITE.put(thread, what);
      }
      case "COMMIT", "ROLLBACK" -> what += " of " + LAST_WRITE.getOrDefault(thread, "reads");
      case "BEGIN" -> LAST_WRITE.remove(thread);
      default -> {}
    }
    return base + " " + what;
  }

  private static Path file(DB database) {
    return Path.of(
        database
            .getUrl()
            .replaceFirst("^jdbc:sqlite:(file://)?(file:)?", "")
            .replaceFirst("\\?.*", ""));
  }

  /** Lets go of a lock that was taken to be in the way. */
  static void release() throws SQLException {
    Connection lock = somebodyElse;
    if (lock != null) {
      lock.close();
      somebodyElse = null;
    }
  }

  /** Takes the cause of the trouble away. */
  static void mend() throws SQLException {
    release();
    DB database = spoiled;
    if (database != null) {
      OURSELVES.set(true);
      database._exec("PRAGMA max_page_count = 1073741823");
      database._exec("PRAGMA query_only = OFF");
      OURSELVES.set(false);
    }
  }
}
