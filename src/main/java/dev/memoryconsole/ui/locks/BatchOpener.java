package dev.memoryconsole.ui.locks;

/** Goes to a run and shows the entries of one of its batches. */
@FunctionalInterface
public interface BatchOpener {
  /**
   * Called on the user interface's thread.
   *
   * @param run the run
   * @param batch the batch in it, counted from 1
   * @param acquired when it had the lock, milliseconds since 1970
   * @param released when it let go
   * @param next when the run's next batch had the lock
   * @param rows how many rows it wrote
   */
  void open(long run, int batch, long acquired, long released, long next, int rows);
}
