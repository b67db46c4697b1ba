package dev.memoryconsole.ui.entries;

import dev.memoryconsole.ui.common.session.RunGate;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.RunStart;
import dev.memoryconsole.ui.preview.PreviewViewModel;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;

/** What can be done with the chosen memories. User interface's thread only. */
public final class UpgradeActions {
  // More than these are asked about even if nothing leaves this program.
  private static final int FEW = 200;

  private final EntriesViewModel entries;
  private final RunMonitor runs;
  private final RunGate gate;
  private final PreviewViewModel preview;
  private final Supplier<UpgradeOptions> options;

  /** With the options in force when a run starts. */
  public UpgradeActions(
      EntriesViewModel entries,
      RunMonitor runs,
      RunGate gate,
      PreviewViewModel preview,
      Supplier<UpgradeOptions> options) {
    this.entries = entries;
    this.runs = runs;
    this.gate = gate;
    this.preview = preview;
    this.options = options;
  }

  /** Whether a run is at work: then no other can be started. */
  ReadOnlyBooleanProperty running() {
    return runs.active();
  }

  /** Upgrades what is chosen; asks first if that is much, or less than was chosen. */
  void upgradeSelected() {
    Selection selection = entries.selection();
    long count = selection.size().get();
    if (count > 0) {
      start(selected(), selection.isAllMatching() || count > FEW);
    }
  }

  /** Shows what an upgrade would do to each of those that are chosen. */
  void previewSelected() {
    if (entries.selection().size().get() > 0) {
      preview.show(selected(), entries.selection()::clear);
    }
  }

  private RunRequest selected() {
    Selection selection = entries.selection();
    return selection.isAllMatching()
        ? new RunRequest.Matching(entries.query(), Integer.MAX_VALUE, Set.copyOf(selection.ids()))
        : new RunRequest.Chosen(selection.ids(), true);
  }

  /** Asks, with the number, and upgrades every legacy memory that matches. */
  void upgradeAll() {
    if (entries.upgradable().get() > 0) {
      start(new RunRequest.Matching(entries.upgradableQuery()), true);
    }
  }

  /** Asks and retries everything in the store that fell back or failed. */
  void retryAll() {
    gate.start(new RunStart(new RunRequest.RetryAll(), options.get(), true, () -> {}));
  }

  private void start(RunRequest wanted, boolean asks) {
    gate.start(new RunStart(wanted, options.get(), asks, entries.selection()::clear));
  }
}
