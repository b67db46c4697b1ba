package dev.memoryconsole.ui.entries;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.ui.common.Confirmations;
import dev.memoryconsole.ui.common.Messages;
import dev.memoryconsole.ui.common.RunMonitor;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;

/** What can be done with the chosen memories. User interface's thread only. */
public final class UpgradeActions {
  private final EntriesViewModel entries;
  private final RunMonitor runs;
  private final Supplier<UpgradeOptions> options;
  private final Confirmations confirmations;
  private final Messages messages;

  /** With the options in force when a run starts. */
  public UpgradeActions(
      EntriesViewModel entries,
      RunMonitor runs,
      Supplier<UpgradeOptions> options,
      Confirmations confirmations,
      Messages messages) {
    this.entries = entries;
    this.runs = runs;
    this.options = options;
    this.confirmations = confirmations;
    this.messages = messages;
  }

  /** Whether a run is at work: then no other can be started. */
  ReadOnlyBooleanProperty running() {
    return runs.active();
  }

  /** Upgrades what is chosen; asks first if the choice is "all that match". */
  void upgradeSelected() {
    Selection selection = entries.selection();
    long count = selection.size().get();
    if (count == 0) {
      return;
    }
    if (!selection.isAllMatching()) {
      start(selection.ids());
    } else if (selection.ids().isEmpty()) {
      upgradeAll();
    } else {
      Set<String> exceptions = Set.copyOf(selection.ids());
      EntryQuery query = entries.upgradableQuery();
      confirmations.ask(
          messages.get("upgrade.all.title", count),
          messages.get("upgrade.all.text", count),
          messages.get("upgrade.all.action"),
          () -> startAllBut(query, exceptions));
    }
  }

  /** Asks, with the number, and upgrades every legacy memory that matches. */
  void upgradeAll() {
    long count = entries.upgradable().get();
    if (count == 0) {
      return;
    }
    EntryQuery query = entries.upgradableQuery();
    confirmations.ask(
        messages.get("upgrade.all.title", count),
        messages.get("upgrade.all.text", count),
        messages.get("upgrade.all.action"),
        () -> {
          UpgradeOptions chosen = options.get();
          runs.start(open -> open.upgrade(query, Integer.MAX_VALUE, chosen));
          entries.selection().clear();
        });
  }

  /** Asks and retries everything in the store that fell back or failed. */
  void retryAll() {
    long count = entries.totals().fallback() + entries.totals().failedIds().size();
    confirmations.ask(
        messages.get("retryAll.title"),
        messages.get("retryAll.text", count),
        messages.get("retryAll.action"),
        () -> {
          UpgradeOptions chosen = options.get();
          runs.start(open -> open.retryAll(chosen));
        });
  }

  private void start(List<String> ids) {
    UpgradeOptions chosen = options.get();
    runs.start(open -> open.upgrade(ids, chosen));
    entries.selection().clear();
  }

  private void startAllBut(EntryQuery query, Set<String> exceptions) {
    UpgradeOptions chosen = options.get();
    runs.start(
        open -> {
          List<String> ids =
              open.store().ids(query, Integer.MAX_VALUE).stream()
                  .filter(id -> !exceptions.contains(id))
                  .toList();
          return open.upgrade(ids, chosen);
        });
    entries.selection().clear();
  }
}
