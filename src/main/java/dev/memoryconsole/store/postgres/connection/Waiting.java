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
import org.jspecify.annotations.Nullable;

/**
 * Waits for the driver so that an interrupt harms no connection. A virtual thread's would close the
 * socket that the driver waits for, so the driver works in a thread of its own then, which nobody
 * interrupts. A thread of the system uses the driver itself, because handing over twice for each
 * statement takes as long as the statement; another looks whether the answer is still wanted.
 * Stateless.
 */
public final class Waiting {
  /** How long nobody looks whether an answer is still wanted. */
  static final long LOOK_MILLIS = 50;

  private Waiting() {}

  /**
   * Uses the driver to the end, whoever is interrupted; the interrupt is there again afterwards.
   */
  public static <T> T toTheEnd(Callable<T> work) throws SQLException {
    if (!Thread.currentThread().isVirtual()) {
      return inThisThread(work);
    }
    FutureTask<T> task = started(Cancellation.handedOver(work));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw failure(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T inThisThread(Callable<T> work) throws SQLException {
    try {
      return work.call();
    } catch (Exception e) {
      throw failure(e);
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
    if (!Thread.currentThread().isVirtual()) {
      return watched(statement, work, unwanted, interruptible);
    }
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
            throw interruption(e.getCause());
          }
          throw failure(e.getCause());
        }
        if ((interrupted && interruptible) || unwanted.getAsBoolean()) {
          // Again and again: one that comes before the statement has begun is lost.
          StatementWatch.cancel(statement);
        }
      }
    } finally {
      if (interrupted && !interruptible) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Executes it in this thread, while another looks whether it is still wanted. */
  private static <T> T watched(
      Statement statement, Callable<T> work, BooleanSupplier unwanted, boolean interruptible)
      throws SQLException, InterruptedException {
    Thread caller = Thread.currentThread();
    StatementWatch.Watched watched =
        StatementWatch.of(
            statement, () -> (interruptible && caller.isInterrupted()) || unwanted.getAsBoolean());
    try {
      T done = inThisThread(work);
      if (interruptible && Thread.interrupted()) {
        throw new InterruptedException();
      }
      return done;
    } catch (SQLException failure) {
      if (interruptible && Thread.interrupted()) {
        throw interruption(failure);
      }
      throw failure;
    } finally {
      watched.end();
    }
  }

  private static InterruptedException interruption(@Nullable Throwable cause) {
    InterruptedException interruption = new InterruptedException();
    interruption.initCause(cause);
    return interruption;
  }

  private static SQLException failure(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> new SQLException();
      case SQLException told -> told;
      case RuntimeException unchecked -> throw unchecked;
      case Error fatal -> throw fatal;
      default -> new SQLException(failure);
    };
  }
}
