package dev.memoryconsole.ui.common.task;

/** Tells the admin that something went wrong, in one sentence; the log gets the rest. */
@FunctionalInterface
public interface ErrorPresenter {
  /** Called on the user interface's thread. */
  void present(Throwable error);
}
