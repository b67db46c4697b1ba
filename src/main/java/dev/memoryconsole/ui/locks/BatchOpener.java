package dev.memoryconsole.ui.locks;

/** Goes to a run and shows the entries of one of its batches. */
@FunctionalInterface
public interface BatchOpener {
  /**
   * Called on the user interface's thread.
   *
   * @param run the run
   * @param batch the batch in it, counted from 1
   * @param fromMillis when the batch was written, milliseconds since 1970
   * @param toMillis when the next one was, exclusive
   */
  void open(long run, int batch, long fromMillis, long toMillis);
}
