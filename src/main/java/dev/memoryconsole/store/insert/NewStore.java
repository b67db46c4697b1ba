package dev.memoryconsole.store.insert;

/**
 * A store on its way from rows to its place: nobody sees any of it before it is finished, and if it
 * never is, nothing is left. For one thread.
 */
public interface NewStore extends RowInsertion, AutoCloseable {
  /**
   * Puts the store in its place, with all rows that were added.
   *
   * @throws dev.memoryconsole.store.StoreException if something is there by now, or it can't be
   *     written; what was there is as it was
   * @throws InterruptedException if interrupted in time; nothing is there
   */
  void finish() throws InterruptedException;

  /** Forgets it, unless it is finished. */
  @Override
  void close();
}
