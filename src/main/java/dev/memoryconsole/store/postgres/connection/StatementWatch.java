package dev.memoryconsole.store.postgres.connection;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the answers of statements under way are still wanted, and cancels those that are
 * not. One thread does that for all of them, and is there only while there are any: one for each
 * statement took a tenth of a run's time. Thread-safe.
 */
final class StatementWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StatementWatch.class);
  private static final Set<Watched> UNDER_WAY = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean LOOKING = new AtomicBoolean();

  private StatementWatch() {}

  /** A statement under way. */
  static final class Watched {
    private final Statement statement;
    private final BooleanSupplier unwanted;
    private volatile boolean over;
    private volatile boolean cancelling;

    private Watched(Statement statement, BooleanSupplier unwanted) {
      this.statement = statement;
      this.unwanted = unwanted;
    }

    /** Cancels again and again: what comes before the statement has begun is lost. */
    private void look() {
      if (!over && !cancelling && unwanted.getAsBoolean()) {
        cancelling = true;
        // It waits for the server, and others are to be looked at meanwhile.
        Thread.ofVirtual().name("postgres-cancel").start(this::cancelNow);
      }
    }

    private void cancelNow() {
      if (!over) {
        cancel(statement);
      }
      cancelling = false;
    }

    /** It is over: from now on nobody cancels it. */
    void end() {
      over = true;
      UNDER_WAY.remove(this);
    }
  }

  /**
   * Watches a statement that is about to be executed.
   *
   * @param unwanted asked by another thread, every {@value Waiting#LOOK_MILLIS} ms
   */
  static Watched of(Statement statement, BooleanSupplier unwanted) {
    Watched watched = new Watched(statement, unwanted);
    UNDER_WAY.add(watched);
    if (LOOKING.compareAndSet(false, true)) {
      Thread.ofVirtual().name("postgres-watch").start(StatementWatch::lookAtAll);
    }
    return watched;
  }

  private static void lookAtAll() {
    try {
      do {
        do {
          Thread.sleep(Waiting.LOOK_MILLIS);
          lookOnce();
        } while (!UNDER_WAY.isEmpty());
        LOOKING.set(false);
        // Who came in between has seen that somebody looks.
      } while (!UNDER_WAY.isEmpty() && LOOKING.compareAndSet(false, true));
    } catch (InterruptedException never) {
      throw new IllegalStateException(never);
    }
  }

  private static void lookOnce() {
    try {
      UNDER_WAY.forEach(Watched::look);
    } catch (RuntimeException e) {
      // Who can't say whether it waits does, and the others are looked at the next time.
      LOG.warn("It is not known whether an answer is still wanted", e);
    }
  }

  /** Has the server end a statement. */
  static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // Its connection may be gone, which the statement will notice.
      LOG.debug("A statement could not be cancelled", e);
    }
  }
}
