package dev.memoryconsole.ui.entries;

import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The memory whose details are shown, be it in the table or not. User interface's thread only. */
final class CurrentMemory {
  private final Session session;
  private final Tasks tasks;
  private final ObjectProperty<@Nullable MemoryRow> row = new SimpleObjectProperty<>();

  CurrentMemory(Session session, Tasks tasks) {
    this.session = session;
    this.tasks = tasks;
  }

  ObjectProperty<@Nullable MemoryRow> row() {
    return row;
  }

  /** Makes a memory the current one, whether it matches or not. */
  void show(String id) {
    Upgrades open = session.open();
    if (open != null) {
      Set<String> failed = session.totals().get().failedIds();
      tasks.read(() -> MemoryRow.of(open.store().find(List.of(id)), failed), this::make);
    }
  }

  /** Makes the first chosen memory the current one, wherever it is in the table. */
  void showFirst(Selection selection, EntryQuery matching) {
    Upgrades open = session.open();
    MemoryRow now = row.get();
    if (open == null
        || selection.size().get() == 0
        || (now != null && selection.contains(now.id()))) {
      return;
    }
    List<String> first = selection.isAllMatching() ? List.of() : selection.ids().subList(0, 1);
    Set<String> failed = session.totals().get().failedIds();
    tasks.read(
        () ->
            MemoryRow.of(
                first.isEmpty() ? open.store().page(matching, 0, 1) : open.store().find(first),
                failed),
        this::make);
  }

  private void make(List<MemoryRow> found) {
    if (!found.isEmpty()) {
      row.set(found.getFirst());
    }
  }
}
