package dev.memoryconsole.store.postgres.connection;

import dev.memoryconsole.cancel.Cancellation;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the driver in another thread than the driver's: a driver that waits for its socket
 * hears nothing meanwhile, and an interrupt of a virtual thread would close that socket. Stateless.
 */
public final class Waiting {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

  /** How long nobody looks whether an answer is still wanted. */
  static final long LOOK_MILLIS = 50;

  private Waiting() {}

  /**
   * Uses the driver to the end, whoever is interrupted; the interrupt is there again afterwards.
   */
  public static <T> T toTheEnd(Callable<T> work) throws SQLException {
    FutureTask<T> task = started(Cancellation.handedOver(work));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw failure(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> FutureTask<T> started(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name("postgres").start(task);
    return task;
  }

  /**
   * Runs a statement until it is done or {@link Cancellation} says that nobody wants its answer.
   *
   * @throws java.util.concurrent.CancellationException if so
   */
  public static <T> T unlessCancelled(Statement statement, Callable<T> work) throws SQLException {
    BooleanSupplier unwanted = Cancellation.current();
    Cancellation.check();
    try {
      return await(statement, work, unwanted, false);
    } catch (InterruptedException never) {
      throw new IllegalStateException(never);
    } catch (SQLException failure) {
      if (PostgresFailures.isCanceled(failure)) {
        Cancellation.check();
      }
      throw failure;
    }
  }

  /**
   * Runs a statement until it is done, the thread is interrupted, or it is given up, which ends the
   * statement as canceled.
   *
   * @throws InterruptedException if so, also where the statement was done by then: what it did is
   *     to be rolled back
   */
  public static <T> T unlessInterrupted(
      Statement statement, Callable<T> work, BooleanSupplier givenUp)
      throws SQLException, InterruptedException {
    return await(statement, work, givenUp, true);
  }

  private static <T> T await(
      Statement statement, Callable<T> work, BooleanSupplier unwanted, boolean interruptible)
      throws SQLException, InterruptedException {
    FutureTask<T> task = started(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          T done = task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          if (interrupted && interruptible) {
            throw new InterruptedException();
          }
          return done;
        } catch (InterruptedException e) {
          if (task.isDone() && interruptible) {
            interrupted = false;
            throw e;
          }
          interrupted = true;
        } catch (TimeoutException notYet) {
          // Looked at below.
        } catch (ExecutionException e) {
          if (interrupted && interruptible) {
            interrupted = false;
            throw interruption(e);
          }
          throw failure(e);
        }
        if ((interrupted && interruptible) || unwanted.getAsBoolean()) {
          // Again and again: one that comes before the statement has begun is lost.
          cancel(statement);
        }
      }
    } finally {
      if (interrupted && !interruptible) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static InterruptedException interruption(ExecutionException e) {
    InterruptedException interruption = new InterruptedException();
    interruption.initCause(e.getCause());
    return interruption;
  }

  private static SQLException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case SQLException failure -> failure;
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      default -> new SQLException(e.getCause());
    };
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // Its connection may be gone, which the statement will notice.
      LOG.debug("A statement could not be cancelled", e);
    }
  }
}
