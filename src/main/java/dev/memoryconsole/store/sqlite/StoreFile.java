package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockMetrics;
import dev.memoryconsole.lock.LockPacing;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one store's file, made once in this process and shared by all its openings.
 * Safe for use by many threads.
 */
final class StoreFile implements AutoCloseable {
  private final Path path;
  private final LockMetrics metrics;
  private final ReadPool readers;
  private final Opening own;
  private final Engine.Setting setting;
  private final ReentrantLock adopting = new ReentrantLock();
  // Not there until the first write to a file that this program did not make.
  private volatile @Nullable Engine engine;
  private volatile Layout layout;
  private volatile LockPacing pacing = LockPacing.NONE;

  /**
   * Connects.
   *
   * @param create whether to make the table of memories
   * @param options of the opening that came first
   */
  StoreFile(Path path, boolean create, SqliteOptions options) throws SQLException {
    this.path = path;
    own = new Opening(options);
    metrics = new LockMetrics(path.toString(), options.clock());
    readers = new ReadPool(path, !create && Inspection.isFilled(path, "-wal"));
    setting = new Engine.Setting(path, own, metrics, () -> pacing, readers, this::lookAgain);
    layout = new Layout(true, true, true);
    if (create) {
      engine = Engine.create(setting);
      return;
    }
    try {
      if (look() != Schema.Form.FOREIGN) {
        engine = Engine.open(setting);
      }
    } catch (SQLException | RuntimeException failure) {
      readers.close();
      throw failure;
    }
  }

  Path path() {
    return path;
  }

  LockMetrics metrics() {
    return metrics;
  }

  /** Who decides from now on when the lock is taken. */
  void pacedBy(LockPacing other) {
    pacing = other;
  }

  ReadPool readers() {
    return readers;
  }

  /** What queries may rely on as of now. */
  Layout layout() {
    return layout;
  }

  /** What writes; null until a file of another program was adopted. */
  @Nullable Engine engineIfThere() {
    return engine;
  }

  private Schema.Form look() {
    return readers.read(
        "open the store",
        connection -> {
          Schema.Form form = Schema.form(connection);
          layout = Layout.of(connection, form);
          return form;
        });
  }

  // When all rows were derived.
  private void lookAgain() {
    if (!layout.derived()) {
      look();
    }
  }

  /** What writes; adopts the file if that was not done yet. */
  Engine engine() throws InterruptedException {
    Engine there = engine;
    if (there != null) {
      return there;
    }
    adopting.lockInterruptibly();
    try {
      there = engine;
      if (there == null) {
        there = Engine.adopt(setting);
        look();
        engine = there;
      }
      return there;
    } catch (SQLException failure) {
      throw Problems.of(path, "adopt the table of memories", failure);
    } finally {
      adopting.unlock();
    }
  }

  /** Only when nobody works on it any more. */
  @Override
  public void close() throws SQLException {
    own.refuseFromNowOn();
    Engine there = engine;
    if (there == null) {
      readers.close();
    } else {
      there.close(readers);
    }
  }
}
