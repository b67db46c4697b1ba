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
 * A batch, or several that are announced together, and the preparation, which may be under way in
 * another thread. Until its end the entries belong to that thread.
 */
final class PreparedBatch {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedBatch.class);

  private final AnnouncedBatch announced;
  private final FutureTask<Void> preparation;
  private List<Candidate> left;

  private PreparedBatch(AnnouncedBatch announced) {
    this.announced = announced;
    this.left = announced.entries();
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

  /** Those that were not taken yet. */
  List<Candidate> left() {
    return left;
  }

  /**
   * Takes what is written under the next lock: the first of them, and what is written together with
   * the last.
   *
   * @param more how many more it may be, if then nothing is left, which would be little for a lock
   *     of its own
   */
  List<Candidate> take(int rows, int more) {
    int to = left.size() <= rows + more ? left.size() : rows;
    while (to < left.size() && left.get(to - 1).unit().contains(left.get(to))) {
      to++;
    }
    List<Candidate> first = left.subList(0, to);
    left = left.subList(to, left.size());
    return first;
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
