package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendField;
import dev.memoryconsole.mend.find.Keeper;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.mend.MendRequest;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Compares the memories of a group that say the same: the one to keep, and the others one after the
 * other. User interface's thread only.
 */
final class GroupViewModel {
  /** How many rows are read at once. */
  private static final int AT_ONCE = 500;

  private static final FieldChanges ARCHIVED =
      new FieldChanges(Map.of(MendField.STATE, "archived"));

  /**
   * A group as its memories are now.
   *
   * @param rows those that are still there
   * @param kept the one to keep; null if none is there
   * @param at which of the others is shown, counted from 0
   */
  record Shown(List<MemoryEntry> rows, @Nullable MemoryEntry kept, int at) {
    static final Shown NOTHING = new Shown(List.of(), null, 0);

    List<MemoryEntry> others() {
      return rows.stream().filter(row -> !row.equals(kept)).toList();
    }

    @Nullable MemoryEntry other() {
      List<MemoryEntry> others = others();
      return at < others.size() ? others.get(at) : null;
    }
  }

  private final Session session;
  private final Consumer<MendRequest> mends;
  private final Tasks.Latest reading;
  private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
  // By the group's first id: what the admin wants to keep.
  private final Map<String, String> wanted = new HashMap<>();
  private List<Report.Found> group = List.of();

  GroupViewModel(Session session, Tasks tasks, Consumer<MendRequest> mends) {
    this.session = session;
    this.mends = mends;
    this.reading = tasks.latest();
    session
        .upgrades()
        .addListener(
            value -> {
              wanted.clear();
              show(List.of());
            });
    session.revision().addListener(value -> read(shown.get().at()));
  }

  ReadOnlyObjectProperty<Shown> shown() {
    return shown.getReadOnlyProperty();
  }

  /** Shows another group; an empty one for none. */
  void show(List<Report.Found> next) {
    if (!next.equals(group)) {
      group = next;
      shown.set(Shown.NOTHING);
      read(0);
    }
  }

  private void read(int at) {
    Upgrades open = session.open();
    reading.cancel();
    if (open == null || group.isEmpty()) {
      shown.set(Shown.NOTHING);
      return;
    }
    List<Report.Found> asked = group;
    String own = wanted.get(asked.getFirst().id());
    reading.run(
        () -> inOrder(open.store(), ids(asked)),
        rows -> {
          int others = Math.max(0, rows.size() - 1);
          shown.set(new Shown(rows, kept(rows, own), Math.min(at, Math.max(0, others - 1))));
        });
  }

  private static List<String> ids(List<Report.Found> group) {
    return group.stream().map(Report.Found::id).toList();
  }

  private static List<MemoryEntry> inOrder(MemoryStore store, List<String> ids) {
    Map<String, MemoryEntry> rows = new HashMap<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      Cancellation.check();
      store
          .find(ids.subList(from, Math.min(from + AT_ONCE, ids.size())))
          .forEach(row -> rows.put(row.id(), row));
    }
    List<MemoryEntry> found = new ArrayList<>();
    ids.forEach(
        id -> {
          MemoryEntry row = rows.get(id);
          if (row != null) {
            found.add(row);
          }
        });
    return List.copyOf(found);
  }

  private static @Nullable MemoryEntry kept(List<MemoryEntry> rows, @Nullable String own) {
    return rows.isEmpty()
        ? null
        : rows.stream()
            .filter(row -> row.id().equals(own))
            .findFirst()
            .orElseGet(() -> Keeper.of(rows));
  }

  /** Shows another of the others. */
  void go(int by) {
    Shown now = shown.get();
    int to = now.at() + by;
    if (to >= 0 && to < now.others().size()) {
      shown.set(new Shown(now.rows(), now.kept(), to));
    }
  }

  /** Keeps the other one that is shown instead. */
  void keepOther() {
    MemoryEntry other = shown.get().other();
    if (other != null && !group.isEmpty()) {
      wanted.put(group.getFirst().id(), other.id());
      shown.set(new Shown(shown.get().rows(), other, 0));
    }
  }

  /** Shows what it would do to archive the others of this group. */
  void archiveOthers() {
    List<String> ids = shown.get().others().stream().map(MemoryEntry::id).toList();
    if (!ids.isEmpty()) {
      mends.accept(MendRequest.of(store -> ids, ARCHIVED));
    }
  }

  /** Shows what it would do to archive the others of all these groups. */
  void archiveOthers(List<List<Report.Found>> groups) {
    if (!groups.isEmpty()) {
      Map<String, String> own = Map.copyOf(wanted);
      mends.accept(MendRequest.of(store -> others(store, groups, own), ARCHIVED));
    }
  }

  /** Those of all groups that are not to be kept. Background threads only. */
  private static List<String> others(
      MemoryStore store, List<List<Report.Found>> groups, Map<String, String> own) {
    List<String> others = new ArrayList<>();
    int from = 0;
    while (from < groups.size()) {
      int to = from;
      Set<String> part = new HashSet<>();
      while (to < groups.size() && (to == from || part.size() < AT_ONCE)) {
        part.addAll(ids(groups.get(to++)));
      }
      Map<String, MemoryEntry> rows = new HashMap<>();
      inOrder(store, List.copyOf(part)).forEach(row -> rows.put(row.id(), row));
      for (List<Report.Found> group : groups.subList(from, to)) {
        List<MemoryEntry> there = new ArrayList<>();
        ids(group)
            .forEach(
                id -> {
                  MemoryEntry row = rows.get(id);
                  if (row != null) {
                    there.add(row);
                  }
                });
        MemoryEntry kept = kept(there, own.get(group.getFirst().id()));
        there.stream().filter(row -> !row.equals(kept)).map(MemoryEntry::id).forEach(others::add);
      }
      from = to;
    }
    return others;
  }
}
