package dev.memoryconsole.ui.entries;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.ui.common.session.RunGate;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;

/** What can be done with the chosen memories. User interface's thread only. */
public final class UpgradeActions {
  private final EntriesViewModel entries;
  private final RunMonitor runs;
  private final RunGate gate;
  private final Supplier<UpgradeOptions> options;
  private final Messages messages;

  /** With the options in force when a run starts. */
  public UpgradeActions(
      EntriesViewModel entries,
      RunMonitor runs,
      RunGate gate,
      Supplier<UpgradeOptions> options,
      Messages messages) {
    this.entries = entries;
    this.runs = runs;
    this.gate = gate;
    this.options = options;
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
    if (selection.isAllMatching() && selection.ids().isEmpty()) {
      upgradeAll();
    } else if (selection.isAllMatching()) {
      Set<String> exceptions = Set.copyOf(selection.ids());
      EntryQuery query = entries.upgradableQuery();
      upgrade(count, true, open -> allBut(open, query, exceptions));
    } else {
      List<String> ids = List.copyOf(selection.ids());
      upgrade(count, false, open -> ids);
    }
  }

  /** Asks, with the number, and upgrades every legacy memory that matches. */
  void upgradeAll() {
    long count = entries.upgradable().get();
    if (count == 0) {
      return;
    }
    EntryQuery query = entries.upgradableQuery();
    UpgradeOptions chosen = options.get();
    gate.start(
        new RunGate.Start(
            messages.get("upgrade.all.title", count),
            messages.get("upgrade.all.text", count),
            messages.get("upgrade.all.action"),
            true,
            open -> open.store().ids(query, Integer.MAX_VALUE),
            open -> open.upgrade(query, Integer.MAX_VALUE, chosen),
            entries.selection()::clear));
  }

  /** Asks and retries everything in the store that fell back or failed. */
  void retryAll() {
    long count = entries.totals().fallback() + entries.totals().failedIds().size();
    UpgradeOptions chosen = options.get();
    gate.start(
        new RunGate.Start(
            messages.get("retryAll.title"),
            messages.get("retryAll.text", count),
            messages.get("retryAll.action"),
            true,
            Upgrades::retryableIds,
            open -> open.retryAll(chosen),
            () -> {}));
  }

  private void upgrade(long count, boolean asks, Function<Upgrades, List<String>> ids) {
    UpgradeOptions chosen = options.get();
    gate.start(
        new RunGate.Start(
            messages.get("upgrade.all.title", count),
            messages.get("upgrade.all.text", count),
            messages.get("upgrade.all.action"),
            asks,
            ids,
            open -> open.upgrade(ids.apply(open), chosen),
            entries.selection()::clear));
  }

  private static List<String> allBut(Upgrades open, EntryQuery query, Set<String> exceptions) {
    return open.store().ids(query, Integer.MAX_VALUE).stream()
        .filter(id -> !exceptions.contains(id))
        .toList();
  }
}
