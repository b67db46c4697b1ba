package dev.memoryconsole.ui.entries;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Relation;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.ui.common.session.RunGate;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.JsonText;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.entries.details.MetadataLine;
import dev.memoryconsole.ui.entries.details.RelatedMemory;
import dev.memoryconsole.ui.entries.details.Trail;
import dev.memoryconsole.upgrade.RunDiff;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradePreview;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
   * @param metadata as it is stored, indented
   * @param tree the metadata key by key; null if it is no JSON object
   * @param over those runs in its history that will not go on by themselves
   */
  public record Details(
      MemoryRow row,
      String reason,
      String text,
      String metadata,
      @Nullable List<MetadataLine> tree,
      List<RelatedMemory> related,
      Comparison comparison,
      List<EntryRecord> history,
      Set<Long> over) {
    private Details comparing(Comparison other) {
      return new Details(row, reason, text, metadata, tree, related, other, history, over);
    }
  }

  private record Read(
      MemoryEntry entry,
      @Nullable List<MetadataLine> tree,
      List<RelatedMemory> related,
      List<EntryRecord> history,
      Set<Long> over,
      @Nullable UpgradePreview preview) {}

  private final Session session;
  private final RunGate gate;
  private final Supplier<UpgradeOptions> options;
  private final Messages messages;
  private final Tasks.Latest question;
  private final Slot<Void> byModel;
  private final Trail trail;
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
    this.trail = new Trail(entries::show);
    entries.current().addListener((value, before, now) -> show(now));
    session.revision().addListener((value, before, now) -> show(entries.current().get()));
  }

  ReadOnlyObjectProperty<@Nullable Details> details() {
    return details.getReadOnlyProperty();
  }

  /** The way along links between memories. */
  Trail trail() {
    return trail;
  }

  private void show(@Nullable MemoryRow row) {
    MemoryEntry entry = row == null ? null : row.entry();
    trail.arrived(entry == null ? null : entry.id());
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
      details.set(shown.comparing(Comparison.saying(messages.get("diff.previewing"))));
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
    return new Read(
        entry,
        MetadataLine.of(entry.metadata()).orElse(null),
        related(open, entry),
        history,
        over(open, history),
        preview);
  }

  private static List<RelatedMemory> related(Upgrades open, MemoryEntry entry) {
    List<Relation> relations = Relation.of(entry.metadata());
    if (relations.isEmpty()) {
      return List.of();
    }
    Map<String, String> titles = new HashMap<>();
    open.store()
        .find(relations.stream().map(Relation::id).distinct().toList())
        .forEach(row -> titles.put(row.id(), Titles.of(row.text())));
    return relations.stream()
        .map(other -> new RelatedMemory(other.type(), other.id(), titles.get(other.id())))
        .toList();
  }

  /** What is on its way in a run that has ended is not at work. */
  private static Set<Long> over(Upgrades open, List<EntryRecord> history) {
    Set<Long> over = new HashSet<>();
    for (EntryRecord past : history) {
      if (past.state().isOutcome()
          || open.run(past.run()).map(run -> run.state().isOver()).orElse(true)) {
        over.add(past.run());
      }
    }
    return over;
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
        read.tree(),
        read.related(),
        compare(read, row, enricher),
        read.history(),
        read.over());
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
