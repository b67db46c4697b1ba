package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.cancel.Uninterrupted;
import dev.memoryconsole.upgrade.engine.run.Candidate;
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

  private final AnnouncedBatch announced;
  private final FutureTask<Void> preparation;

  private PreparedBatch(AnnouncedBatch announced) {
    this.announced = announced;
    this.preparation =
        new FutureTask<>(
            () -> {
              announced.prepare();
              return null;
            });
  }

  /** A batch that is prepared by whoever awaits it. */
  static PreparedBatch later(AnnouncedBatch announced) {
    return new PreparedBatch(announced);
  }

  /** A batch that another thread prepares from now on. */
  static PreparedBatch by(ExecutorService preparer, AnnouncedBatch announced) {
    PreparedBatch batch = new PreparedBatch(announced);
    preparer.execute(batch.preparation);
    return batch;
  }

  List<Candidate> entries() {
    return announced.entries();
  }

  AnnouncedBatch announced() {
    return announced;
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
    Uninterrupted.await(
        () -> {
          try {
            preparation.get();
          } catch (ExecutionException e) {
            LOG.debug("A batch that is given up could not be prepared either", e);
          }
        });
  }
}
