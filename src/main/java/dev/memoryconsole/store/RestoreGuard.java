package dev.memoryconsole.store;

/** Has a say in a restore before it takes effect. Called from the thread that restores. */
public interface RestoreGuard {
  /** For a restore that nobody keeps a record of. */
  RestoreGuard NONE =
      new RestoreGuard() {
        @Override
        public void announce() {}

        @Override
        public void confirm() {}
      };

  /**
   * The safety copy is there, and the store's lock is asked for next. May take its time; called
   * again where the lock has to be asked for again. What it throws ends the restore.
   */
  void announce();

  /**
   * The lock is had, the safety copy holds everything, and nothing has taken effect yet. Must be
   * quick. What it throws ends the restore.
   */
  void confirm();
}
