package dev.memoryconsole.store.lance;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.read.Catalog;
import dev.memoryconsole.store.lance.table.LanceProblems;
import dev.memoryconsole.store.lance.table.PluginFolder;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/** The catalog of a table's rows, which one thread uses at a time. Thread-safe. */
final class Survey implements AutoCloseable {
  private final PluginFolder folder;
  // Guarded by turn.
  private final Catalog catalog;
  private final ReentrantLock turn = new ReentrantLock(true);

  /** What is done with the catalog. */
  @FunctionalInterface
  interface Work<T> {
    /** Reads from it. */
    T from(Catalog catalog) throws Exception;
  }

  Survey(PluginFolder folder, Catalog catalog) {
    this.folder = folder;
    this.catalog = catalog;
  }

  /**
   * Reads from the latest version.
   *
   * @param doing the work, to follow "Could not"
   */
  <T> T ofLatest(LanceCode doing, Work<T> work) {
    return alone(
        doing,
        rows -> {
          rows.refresh();
          return work.from(rows);
        });
  }

  /** Reads from a certain version. */
  <T> T of(long version, LanceCode doing, Work<T> work) {
    return alone(
        doing,
        rows -> {
          rows.goTo(version);
          return work.from(rows);
        });
  }

  private <T> T alone(LanceCode doing, Work<T> work) {
    turn.lock();
    try {
      Cancellation.check();
      return work.from(catalog);
    } catch (CancellationException unwanted) {
      throw unwanted;
    } catch (Exception e) {
      throw LanceProblems.of(folder.root(), doing, e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    catalog.close();
  }
}
