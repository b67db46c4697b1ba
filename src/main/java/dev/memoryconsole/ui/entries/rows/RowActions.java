package dev.memoryconsole.ui.entries.rows;

import dev.memoryconsole.exchange.form.EntryClip;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.mend.MendRequest;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Copies, exports and mends memories. User interface's thread only. */
public final class RowActions {
  /** A clipboard is no place for a whole store. */
  private static final int MOST_COPIED = 10_000;

  private final Session session;
  private final Tasks tasks;
  private final Notices notices;
  private final Consumer<MendRequest> mends;
  private final Messages messages;
  private Consumer<EntryQuery> export = query -> {};

  private record Copied(String text, int count) {}

  /**
   * Over the store of this session.
   *
   * @param mends shows what a mend would do
   */
  public RowActions(
      Session session,
      Tasks tasks,
      Notices notices,
      Consumer<MendRequest> mends,
      Messages messages) {
    this.session = session;
    this.tasks = tasks;
    this.notices = notices;
    this.mends = mends;
    this.messages = messages;
  }

  /** Says how what a query finds is exported. */
  public void onExport(Consumer<EntryQuery> action) {
    export = action;
  }

  void copy(Targets targets, EntryClip form) {
    Upgrades open = session.open();
    if (open == null || targets.count() == 0) {
      return;
    }
    tasks.read(
        () -> {
          List<MemoryEntry> entries = targets.read(open.store(), MOST_COPIED);
          return new Copied(form.of(entries), entries.size());
        },
        copied -> put(copied, targets.count()));
  }

  private void put(Copied copied, long wanted) {
    ClipboardContent content = new ClipboardContent();
    content.putString(copied.text());
    Clipboard.getSystemClipboard().setContent(content);
    if (wanted > MOST_COPIED) {
      notices.warning(messages.get("rows.copiedSome", copied.count(), wanted));
    } else if (copied.count() > 1) {
      notices.success(messages.get("rows.copied", copied.count()));
    }
  }

  void export(Targets targets) {
    Upgrades open = session.open();
    if (open != null && targets.count() > 0) {
      tasks.read(() -> targets.exactly(open.store()), export);
    }
  }

  /** Shows what fields of these would become; these values are chosen to begin with. */
  void change(Targets targets, FieldChanges preset) {
    if (targets.count() != 0) {
      mends.accept(MendRequest.fields(targets::inventory, preset));
    }
  }

  /** Shows what it would do to delete these. */
  void delete(Targets targets) {
    if (targets.count() != 0) {
      mends.accept(MendRequest.deletion(targets::inventory));
    }
  }

  void exportAll(EntryQuery query) {
    export.accept(query);
  }
}
