package dev.memoryconsole.upgrade.engine;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch and its preparation, which may be under way in another thread. Until its end the entries
 * belong to that thread.
 */
final class PreparedBatch {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedBatch.class);

  private final List<Candidate> entries;
  private final BatchWork work;
  private final FutureTask<Void> preparation;

  private PreparedBatch(List<Candidate> entries, BatchWork work) {
    this.entries = entries;
    this.work = work;
    this.preparation =
        new FutureTask<>(
            () -> {
              work.prepare();
              return null;
            });
  }

  /** To be prepared by who awaits it. */
  static PreparedBatch later(List<Candidate> entries, BatchWork work) {
    return new PreparedBatch(entries, work);
  }

  /** Prepared by another thread from now on. */
  static PreparedBatch by(ExecutorService preparer, List<Candidate> entries, BatchWork work) {
    PreparedBatch batch = new PreparedBatch(entries, work);
    preparer.execute(batch.preparation);
    return batch;
  }

  List<Candidate> entries() {
    return entries;
  }

  BatchWork work() {
    return work;
  }

  /** Waits until it is prepared; throws what kept it from it. */
  void await() throws InterruptedException {
    try {
      preparation.run();
      preparation.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Waits, whatever comes, until nobody works on it any more. */
  void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        preparation.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        LOG.debug("A batch that is given up could not be prepared either", e);
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
