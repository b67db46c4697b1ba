package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendField;
import dev.memoryconsole.mend.find.Report;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.mend.MendRequest;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Compares the memories of a group that say the same: the one to keep, and the others one after the
 * other. User interface's thread only.
 */
final class GroupViewModel {
  private static final FieldChanges ARCHIVED =
      new FieldChanges(Map.of(MendField.STATE, "archived"));

  /**
   * A group as its memories are now.
   *
   * @param kept the one to keep; null if none is there
   * @param others the ids of the others that are there
   * @param at which of the others is shown, counted from 0
   * @param other that one; null while it is read, or if it is not there
   */
  record Shown(
      @Nullable MemoryEntry kept, List<String> others, int at, @Nullable MemoryEntry other) {
    static final Shown NOTHING = new Shown(null, List.of(), 0, null);
  }

  private final Session session;
  private final Consumer<MendRequest> mends;
  private final Tasks.Latest reading;
  private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
  // By the group's first id: what the admin wants to keep.
  private final Map<String, String> wanted = new HashMap<>();
  private List<Report.Found> group = List.of();
  // Ahead of what is shown while that is read: whoever presses Next twice means the one after it.
  private int goingTo;

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

  private void read(int wish) {
    Upgrades open = session.open();
    reading.cancel();
    if (open == null || group.isEmpty()) {
      shown.set(Shown.NOTHING);
      return;
    }
    List<Report.Found> asked = group;
    Set<String> own = chosen(List.of(asked));
    reading.run(
        () -> {
          GroupReader.Split split = GroupReader.split(open.store(), asked, own);
          int at = Math.clamp(wish, 0, Math.max(0, split.others().size() - 1));
          return new Shown(split.kept(), split.others(), at, find(open, split.others(), at));
        },
        read -> {
          goingTo = read.at();
          shown.set(read);
        });
  }

  private static @Nullable MemoryEntry find(Upgrades open, List<String> ids, int at) {
    if (at >= ids.size()) {
      return null;
    }
    List<MemoryEntry> found = open.store().find(List.of(ids.get(at)));
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Shows another of the others. */
  void go(int by) {
    Upgrades open = session.open();
    Shown now = shown.get();
    int to = goingTo + by;
    if (open != null && to >= 0 && to < now.others().size()) {
      goingTo = to;
      reading.run(
          () -> new Shown(now.kept(), now.others(), to, find(open, now.others(), to)), shown::set);
    }
  }

  /** Keeps the other one that is shown instead. */
  void keepOther() {
    MemoryEntry other = shown.get().other();
    if (other != null && !group.isEmpty()) {
      wanted.put(group.getFirst().id(), other.id());
      read(0);
    }
  }

  /** Shows what it would do to archive the others of this group. */
  void archiveOthers() {
    List<String> ids = shown.get().others();
    if (!ids.isEmpty()) {
      mends.accept(MendRequest.fields(store -> ids, ARCHIVED));
    }
  }

  /** Shows what it would do to delete the others of this group. */
  void deleteOthers() {
    List<String> ids = shown.get().others();
    if (!ids.isEmpty()) {
      mends.accept(MendRequest.deletion(store -> ids));
    }
  }

  /** Shows what it would do to merge this group. */
  void merge() {
    if (!shown.get().others().isEmpty()) {
      merge(List.of(group));
    }
  }

  /** Shows what it would do to merge each of these groups. */
  void merge(List<List<Report.Found>> groups) {
    if (!groups.isEmpty()) {
      mends.accept(
          MendRequest.merge(
              groups.stream().map(each -> each.stream().map(Report.Found::id).toList()).toList(),
              chosen(groups)));
    }
  }

  /** What the admin wants to keep of these groups. */
  private Set<String> chosen(List<List<Report.Found>> groups) {
    return groups.stream()
        .map(each -> wanted.get(each.getFirst().id()))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
