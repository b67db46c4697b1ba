package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.upgrade.Upgrades;

/**
 * A store that was opened, and what must be known of it before anything can be chosen in it:
 * whatever is chosen can be started.
 *
 * @param doubt why what others write during a run may be lost; empty if nothing is in doubt
 */
public record OpenStore(Upgrades upgrades, Message doubt) {
  /** Reads what must be known; closes the store if it can't be read. Background threads only. */
  public static OpenStore of(Upgrades upgrades) {
    try {
      return new OpenStore(upgrades, upgrades.store().doubt().orElse(Message.NONE));
    } catch (RuntimeException unreadable) {
      close(upgrades);
      throw unreadable;
    }
  }

  /** Cancels the run at work, waits for its end and closes the store. Background threads only. */
  public void close() {
    close(upgrades);
  }

  static void close(Upgrades open) {
    try {
      open.close();
    } finally {
      open.store().close();
    }
  }
}
