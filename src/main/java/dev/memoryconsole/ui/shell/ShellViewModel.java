package dev.memoryconsole.ui.shell;

import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.Upgrades;

/** Decides what the frame shows. User interface's thread only. */
public final class ShellViewModel {
  private final Session session;
  private final RunMonitor runs;
  private final Confirmations confirmations;
  private final Messages messages;

  /** Around the session's store. */
  public ShellViewModel(
      Session session, RunMonitor runs, Confirmations confirmations, Messages messages) {
    this.session = session;
    this.runs = runs;
    this.confirmations = confirmations;
    this.messages = messages;
  }

  Session session() {
    return session;
  }

  boolean isStoreOpen() {
    return session.open() != null;
  }

  /** The store's short name. */
  String storeName() {
    Upgrades open = session.open();
    return open == null ? messages.get("shell.noStore") : open.store().location().name();
  }

  /** Where the store is; empty if none is open. */
  String storePath() {
    Upgrades open = session.open();
    return open == null ? "" : open.store().location().toString();
  }

  /** What is in it, one line. */
  String totals() {
    if (!isStoreOpen()) {
      return "";
    }
    Session.Totals totals = session.totals().get();
    if (!session.isCounted()) {
      return "";
    }
    return messages.get("shell.totals", totals.total(), totals.legacy(), totals.fallback());
  }

  /**
   * Asks to close the window.
   *
   * @return whether it may close at once; if not, {@code close} is called if the admin says so
   */
  public boolean mayClose(Runnable close) {
    if (!runs.isActive()) {
      return true;
    }
    confirmations.warn(
        messages.get("close.title"),
        messages.get("close.text"),
        messages.get("close.action"),
        close);
    return false;
  }
}
