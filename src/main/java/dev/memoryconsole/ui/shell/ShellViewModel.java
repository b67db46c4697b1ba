package dev.memoryconsole.ui.shell;

import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Decides what the frame shows. User interface's thread only. */
public final class ShellViewModel {
  private final Session session;
  private final RunMonitor runs;
  private final Confirmations confirmations;
  private final Messages messages;
  private final Tasks.Latest asking;
  private final ReadOnlyObjectWrapper<OptionalLong> estimate =
      new ReadOnlyObjectWrapper<>(OptionalLong.empty());

  /** Around the session's store. */
  public ShellViewModel(
      Session session,
      RunMonitor runs,
      Tasks tasks,
      Confirmations confirmations,
      Messages messages) {
    this.session = session;
    this.runs = runs;
    this.confirmations = confirmations;
    this.messages = messages;
    this.asking = tasks.latest();
    session.upgrades().addListener((value, before, now) -> estimate(now));
  }

  private void estimate(@Nullable Upgrades open) {
    asking.cancel();
    estimate.set(OptionalLong.empty());
    if (open != null) {
      asking.run(() -> open.store().estimatedTotal(), estimate::set);
    }
  }

  /** About how much is in the store, where that is much, until it is counted. */
  ReadOnlyObjectProperty<OptionalLong> estimated() {
    return estimate.getReadOnlyProperty();
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
      OptionalLong about = estimate.get();
      return about.isPresent() ? messages.get("shell.estimate", rounded(about.getAsLong())) : "";
    }
    return messages.get("shell.totals", totals.total(), totals.legacy(), totals.fallback());
  }

  /** Two digits: whoever estimates should not seem to count. */
  private static long rounded(long number) {
    long unit = (long) Math.pow(10, Math.max(0, (int) Math.log10((double) number) - 1));
    return Math.round((double) number / unit) * unit;
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
