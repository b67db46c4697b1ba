package dev.memoryconsole.ui.entries;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.ui.common.session.RunGate;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.JsonText;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.RunDiff;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradePreview;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Decides what the details pane says about one memory. User interface's thread only. */
public final class DetailsViewModel {
  /**
   * A comparison.
   *
   * @param caption what is compared, one sentence
   * @param keys the keys
   * @param enriched whether what a run wrote came of an enrichment
   * @param canPreview whether a preview can be asked for: it may cost a model call
   */
  public record Comparison(
      String caption, List<KeyDiff> keys, boolean enriched, boolean canPreview) {
    private static Comparison saying(String caption) {
      return new Comparison(caption, List.of(), true, false);
    }
  }

  /**
   * All about one memory.
   *
   * @param reason why it fell back or failed; empty if it did not
   */
  public record Details(
      MemoryRow row,
      String reason,
      String text,
      String metadata,
      Comparison comparison,
      List<EntryRecord> history) {}

  private record Read(
      MemoryEntry entry, List<EntryRecord> history, @Nullable UpgradePreview preview) {}

  private final Session session;
  private final RunGate gate;
  private final Supplier<UpgradeOptions> options;
  private final Messages messages;
  private final Tasks.Latest question;
  private final Slot<Void> byModel;
  private final ReadOnlyObjectWrapper<@Nullable Details> details = new ReadOnlyObjectWrapper<>();

  /** Follows the memory that is current in the table. */
  public DetailsViewModel(
      Session session,
      Tasks tasks,
      RunGate gate,
      Supplier<UpgradeOptions> options,
      Messages messages,
      EntriesViewModel entries) {
    this.session = session;
    this.gate = gate;
    this.options = options;
    this.messages = messages;
    this.question = tasks.latest();
    this.byModel = tasks.slot(true);
    entries.current().addListener((value, before, now) -> show(now));
    session.revision().addListener((value, before, now) -> show(entries.current().get()));
  }

  ReadOnlyObjectProperty<@Nullable Details> details() {
    return details.getReadOnlyProperty();
  }

  private void show(@Nullable MemoryRow row) {
    MemoryEntry entry = row == null ? null : row.entry();
    if (entry == null) {
      question.cancel();
      byModel.cancel();
      details.set(null);
    } else {
      ask(entry, false);
    }
  }

  /** Asks for a preview, even if that calls a model; the admin agrees before the first call. */
  void preview() {
    gate.beforeSendingOne(this::askForPreview);
  }

  private void askForPreview() {
    Details shown = details.get();
    MemoryEntry entry = shown == null ? null : shown.row().entry();
    if (shown != null && entry != null) {
      Comparison waiting = Comparison.saying(messages.get("diff.previewing"));
      details.set(
          new Details(
              shown.row(),
              shown.reason(),
              shown.text(),
              shown.metadata(),
              waiting,
              shown.history()));
      ask(entry, true);
    }
  }

  private void ask(MemoryEntry entry, boolean evenByModel) {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    UpgradeOptions chosen = options.get();
    Consumer<Read> show = read -> details.set(describe(read, open.enricher()));
    question.cancel();
    byModel.cancel();
    if (evenByModel) {
      byModel.run(progress -> read(open, entry, true, chosen), show);
    } else {
      question.run(() -> read(open, entry, false, chosen), show);
    }
  }

  private static Read read(
      Upgrades open, MemoryEntry asked, boolean evenByModel, UpgradeOptions chosen)
      throws InterruptedException {
    List<MemoryEntry> found = open.store().find(List.of(asked.id()));
    MemoryEntry entry = found.isEmpty() ? asked : found.getFirst();
    List<EntryRecord> history = open.history(entry.id());
    boolean legacy = isUpgradable(MemoryRow.of(entry, Set.of()).badge());
    UpgradePreview preview = null;
    if (legacy) {
      preview =
          evenByModel ? open.preview(entry, chosen) : open.previewed(entry, chosen).orElse(null);
    }
    return new Read(entry, history, preview);
  }

  /** Whether an upgrade takes it, if it is chosen by hand. */
  private static boolean isUpgradable(Badge badge) {
    return badge == Badge.LEGACY || badge == Badge.STAMPED || badge == Badge.FAILED;
  }

  private Details describe(Read read, String enricher) {
    MemoryEntry entry = read.entry();
    MemoryRow row = MemoryRow.of(entry, session.totals().get().failedIds());
    return new Details(
        row,
        reason(row, read.history()),
        entry.text(),
        JsonText.pretty(entry.metadata()),
        compare(read, row, enricher),
        read.history());
  }

  private String reason(MemoryRow row, List<EntryRecord> history) {
    if (row.badge() != Badge.FALLBACK && row.badge() != Badge.FAILED) {
      return "";
    }
    for (EntryRecord past : history) {
      if (!past.message().isEmpty()) {
        return messages.words(past.message());
      }
    }
    // Another program fell back and left its reason in the metadata.
    return row.upgradeError();
  }

  private Comparison compare(Read read, MemoryRow row, String enricher) {
    UpgradePreview preview = read.preview();
    if (preview != null) {
      String words = messages.words(preview.message());
      String reason = words.isEmpty() ? "" : " " + words;
      return new Comparison(
          messages.get("diff.preview", enricher) + reason, preview.diff(), true, false);
    }
    if (isUpgradable(row.badge())) {
      return new Comparison(messages.get("diff.askPreview", enricher), List.of(), true, true);
    }
    for (EntryRecord past : read.history()) {
      if (past.written() != null
          && (past.state() == EntryState.UPGRADED
              || past.state() == EntryState.FALLBACK
              || past.state() == EntryState.MENDED)) {
        return new Comparison(
            messages.get("diff.ofRun", past.run()),
            RunDiff.of(past, read.entry()),
            past.state() != EntryState.MENDED,
            false);
      }
    }
    return Comparison.saying(messages.get("diff.untouched"));
  }
}
