package dev.memoryconsole.ui.locks;

import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.Upgrades;

/**
 * Breaks a stuck lock after the admin has been told what the risk is. Whether its holder is dead is
 * looked at again then. User interface's thread only.
 */
public final class LockBreaking {
  private final Session session;
  private final Tasks tasks;
  private final Confirmations confirmations;
  private final Notices notices;
  private final Messages messages;

  /** For the store of this session. */
  public LockBreaking(
      Session session,
      Tasks tasks,
      Confirmations confirmations,
      Notices notices,
      Messages messages) {
    this.session = session;
    this.tasks = tasks;
    this.confirmations = confirmations;
    this.notices = notices;
    this.messages = messages;
  }

  void ask() {
    Upgrades open = session.open();
    if (open != null) {
      confirmations.warn(
          messages.get("locks.break.title"),
          messages.get("locks.break.text"),
          messages.get("locks.break.action"),
          () -> tasks.run(open::breakLock, this::broken));
    }
  }

  private void broken(LockCondition was) {
    notices.success(messages.get("locks.break.done", was.silence().toSeconds()));
  }
}
