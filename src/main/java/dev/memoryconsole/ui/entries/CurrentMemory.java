package dev.memoryconsole.ui.entries;

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

  private void make(List<MemoryRow> found) {
    if (!found.isEmpty()) {
      row.set(found.getFirst());
    }
  }
}
