package dev.memoryconsole.ui.services;

import org.jspecify.annotations.Nullable;

/**
 * What the window asks about the rules for locks. Called from background threads.
 *
 * <p>What goes wrong is an exception of the application's own, whose message is one sentence for
 * the admin.
 */
public interface LockServices {
  /** What is saved, read anew. */
  LockRules load();

  /**
   * Saves them and puts them in force: for the next run, and for the record and the figures of the
   * open store at once.
   *
   * @throws SettingsNotSavedException if they can't be saved; what was in force stays so
   * @throws dev.memoryconsole.metrics.MetricsException if the port is another one than before and
   *     can't be had; nothing was saved
   */
  void save(LockRules rules);

  /** Where figures are served now. Quick: touches nothing. */
  Served served();

  /**
   * Where figures are served.
   *
   * @param port on this machine; null for nowhere
   * @param named whether this window was started so, and stays with it
   */
  record Served(@Nullable Integer port, boolean named) {}
}
