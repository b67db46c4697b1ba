package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockLease;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LiveAcquisition;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.lock.record.TimedHold;
import dev.memoryconsole.message.MessageCode;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.postgres.connection.Attempts;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import dev.memoryconsole.store.postgres.connection.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions that write. Their locks are the rows', so several go on beside each other; each
 * is recorded as one acquisition, from having all its rows to the commit's answer. Safe for use by
 * many threads.
 */
public final class RowLocks {
  private static final Logger LOG = LoggerFactory.getLogger(RowLocks.class);
  private static final Duration UNANSWERED = Duration.ofSeconds(30);

  private final Connections connections;
  private final PostgresAddress address;
  private final LockMetrics metrics;
  private final Duration patience;
  private volatile boolean refusing;

  /**
   * Writes through these connections.
   *
   * @param patience how long to wait for a row that another transaction has locked
   */
  public RowLocks(Connections connections, LockMetrics metrics, Duration patience) {
    this.connections = connections;
    this.address = connections.address();
    this.metrics = metrics;
    this.patience = patience;
  }

  /** What is done in a transaction. */
  public interface Work {
    /** Locks and reads the rows. */
    void lock(Connection connection, LockPatience patience)
        throws SQLException, InterruptedException;

    /** Works on the locked rows; returns how many it wrote. */
    int write(Connection connection) throws SQLException;
  }

  /**
   * Runs a transaction, again where the server asks for that, or was lost before the commit.
   *
   * @param doing the work, to follow "Could not"
   * @return the acquisition of the transaction that was committed
   * @throws dev.memoryconsole.store.OutcomeUnknownException if the commit's answer was lost
   * @throws StoreException otherwise: nothing was written
   * @throws InterruptedException if interrupted before the rows were locked; nothing was written
   */
  public LockAcquisition hold(LockPurpose purpose, MessageCode doing, Work work)
      throws InterruptedException {
    Attempts attempts = connections.attempts();
    while (true) {
      if (refusing) {
        throw PostgresFailures.closedMeanwhile(address);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        return once(purpose, doing, work);
      } catch (ToBeTriedAgain again) {
        long pause = attempts.pauseAfter(again.failure);
        if (pause < 0) {
          throw PostgresFailures.isToBeTriedAgain(again.failure)
              ? new StoreException(
                  PostgresCode.FAILED_OVERTAKEN.with(doing.with(), address.toString()),
                  again.failure)
              : PostgresFailures.of(address, doing, again.failure);
        }
        LOG.info("A transaction is tried again", again.failure);
        boolean unused = Attempts.paused(pause, () -> refusing);
      }
    }
  }

  /** Nothing of the transaction was written, and another try may do. */
  private static final class ToBeTriedAgain extends Exception {
    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    ToBeTriedAgain(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private LockAcquisition once(LockPurpose purpose, MessageCode doing, Work work)
      throws InterruptedException, ToBeTriedAgain {
    try (LiveAcquisition asking = metrics.asking(purpose);
        Transaction transaction = begin(asking, doing)) {
      try {
        work.lock(transaction.connection, new LockPatience(patience, () -> refusing));
      } catch (SQLException failure) {
        throw transaction.notHad(asking, failure);
      }
      TimedHold held = new TimedHold(asking, new Rows(transaction), (from, to) -> {});
      try (held) {
        int rows = work.write(transaction.connection);
        transaction.commit(rows);
        held.wrote(rows);
      } catch (SQLException failure) {
        throw transaction.failed(failure);
      } catch (StoreException told) {
        throw told;
      } catch (RuntimeException failure) {
        throw new StoreException(
            PostgresCode.STEP_FAILED.with(doing.with(), address.toString()), failure);
      }
      return held.event();
    }
  }

  private Transaction begin(LiveAcquisition asking, MessageCode doing) throws ToBeTriedAgain {
    try {
      Transaction transaction = new Transaction(connections.borrow(), doing);
      try {
        return transaction.limited();
      } catch (SQLException failure) {
        transaction.close();
        throw transaction.failed(failure);
      }
    } catch (SQLException failure) {
      asking.ended(LockAcquisition.Outcome.TIMED_OUT, 0);
      if (mayBeTriedAgain(failure)) {
        throw new ToBeTriedAgain(failure);
      }
      throw PostgresFailures.of(address, doing, failure);
    }
  }

  /** The rows that the last of several statements answers. */
  static ResultSet rows(PreparedStatement statement) throws SQLException {
    boolean rows = statement.execute();
    while (!rows && statement.getUpdateCount() >= 0) {
      rows = statement.getMoreResults();
    }
    return statement.getResultSet();
  }

  private static boolean mayBeTriedAgain(SQLException failure) {
    return PostgresFailures.isToBeTriedAgain(failure) || PostgresFailures.isGone(failure);
  }

  /** One transaction; closing it rolls back what was not committed. */
  private final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final MessageCode doing;
    private boolean sent;
    private boolean over;

    Transaction(Connection connection, MessageCode doing) {
      this.connection = connection;
      this.doing = doing;
    }

    /** Bounds each wait for the server. */
    Transaction limited() throws SQLException {
      connection.setNetworkTimeout(
          Runnable::run,
          Math.toIntExact(patience.plus(LockPatience.TO_WORK).plus(UNANSWERED).toMillis()));
      return this;
    }

    void commit(int rows) throws SQLException {
      // Of a transaction that wrote nothing there is nothing to be unsure about.
      sent = rows > 0;
      over = Waiting.toTheEnd(this::committed);
    }

    private boolean committed() throws SQLException {
      connection.commit();
      return true;
    }

    private boolean rolledBack() throws SQLException {
      connection.rollback();
      return true;
    }

    private boolean givenBack() throws SQLException {
      connection.close();
      return true;
    }

    StoreException notHad(LiveAcquisition asking, SQLException failure) throws ToBeTriedAgain {
      asking.ended(LockAcquisition.Outcome.TIMED_OUT, 0);
      if (PostgresFailures.isLocked(failure)) {
        return PostgresFailures.locked(address, patience, failure);
      }
      return failed(failure);
    }

    StoreException failed(SQLException failure) throws ToBeTriedAgain {
      if (refusing && !sent) {
        return PostgresFailures.closedMeanwhile(address);
      }
      if (sent && PostgresFailures.leavesCommitOpen(failure)) {
        return PostgresFailures.unknown(address, failure);
      }
      if (mayBeTriedAgain(failure)) {
        throw new ToBeTriedAgain(failure);
      }
      return PostgresFailures.of(address, doing, failure);
    }

    /** Lets go of the rows. Never throws: a connection that can't be rolled back is closed. */
    void release() {
      if (!over) {
        over = true;
        try {
          boolean unused = Waiting.toTheEnd(this::rolledBack);
        } catch (SQLException gone) {
          LOG.debug("A transaction ended with its connection", gone);
        }
      }
    }

    @Override
    public void close() {
      release();
      try {
        boolean unused = Waiting.toTheEnd(this::givenBack);
      } catch (SQLException gone) {
        LOG.debug("A connection was gone already", gone);
      }
    }
  }

  /** The locks of a transaction's rows, which nobody can take away and which end with it. */
  private static final class Rows implements LockLease {
    private final Transaction transaction;
    private final long since = System.nanoTime();

    Rows(Transaction transaction) {
      this.transaction = transaction;
    }

    @Override
    public long since() {
      return since;
    }

    @Override
    public void check() {
      // They are ours until the transaction ends.
    }

    @Override
    public void release() {
      transaction.release();
    }

    @Override
    public boolean isCompromised() {
      return false;
    }
  }

  /** Makes everybody who has not begun yet give up. */
  public void refuseFromNowOn() {
    refusing = true;
  }
}
