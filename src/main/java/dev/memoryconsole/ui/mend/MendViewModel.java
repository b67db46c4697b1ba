package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendField;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.mend.MergePreview;
import dev.memoryconsole.mend.PlannedMend;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.ErrorPresenter;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Numbers;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the preview of a mend shows: what is to be set, what that makes of each memory, and
 * which of them are left out. The run that follows is held to it. User interface's thread only.
 */
public final class MendViewModel {
  /** Fewer than these need no number typed: they can be seen at a glance. */
  private static final int MANY = 10;

  /**
   * The preview on screen.
   *
   * @param draft what is typed of what is to be set
   * @param merge what is chosen of a merge
   * @param ids the memories; null until they are found
   * @param seen what a mend would do to them; null until that is known, and while nothing is to be
   *     set
   * @param without the ids that the admin has taken out
   */
  record Shown(
      MendRequest request,
      MendDraft draft,
      MergeDraft merge,
      @Nullable List<String> ids,
      MendLook.@Nullable Seen seen,
      Set<String> without) {
    /** Whether the admin chooses what is set. */
    boolean isFree() {
      return request.kind() == MendRequest.Kind.FIELDS;
    }

    boolean setsNothing() {
      return isFree() && draft.typed().isEmpty();
    }

    int chosen() {
      return ids == null ? 0 : ids.size();
    }

    /** How many are changed. */
    int taken() {
      return seen == null ? 0 : seen.count(MendPlan.Fit.OPEN) - without.size();
    }

    /** Whether the number of those that are changed has to be typed. */
    boolean asksNumber() {
      return taken() >= MANY;
    }

    /** Whether that number was typed, with or without signs between its thousands. */
    boolean isNumber(String typed) {
      return Numbers.isTyped(typed, taken());
    }

    /** How many groups are taken out. */
    int groupsWithout() {
      return seen == null
          ? 0
          : (int)
              seen.preview().items().stream()
                  .filter(item -> MendLook.isKept(item) && without.contains(item.id()))
                  .count();
    }

    private Shown with(
        @Nullable List<String> newIds, MendLook.@Nullable Seen newSeen, Set<String> out) {
      return new Shown(request, draft, merge, newIds, newSeen, out);
    }

    private Shown with(MergeDraft wanted) {
      return new Shown(request, draft, wanted, ids, seen, without);
    }
  }

  private final Session session;
  private final RunMonitor monitor;
  private final ErrorPresenter errors;
  private final Slot<MendLook.Looking> looking;
  private final ReadOnlyObjectWrapper<@Nullable Shown> shown = new ReadOnlyObjectWrapper<>();

  /** With nothing on screen. */
  MendViewModel(Session session, Tasks tasks, RunMonitor monitor, ErrorPresenter errors) {
    this.session = session;
    this.monitor = monitor;
    this.errors = errors;
    this.looking = tasks.slot(false);
    session.upgrades().addListener(value -> close());
  }

  ReadOnlyObjectProperty<@Nullable Shown> shown() {
    return shown.getReadOnlyProperty();
  }

  /** How far the memories are looked at; null when they are. */
  ReadOnlyObjectProperty<MendLook.@Nullable Looking> looking() {
    return looking.progress();
  }

  /** Whether a run is at work: then no other can be started. */
  ReadOnlyBooleanProperty running() {
    return monitor.active();
  }

  /** Why something may be lost by a mend; empty if nothing is in doubt. */
  Message doubt() {
    return session.doubt().get();
  }

  /** The scopes there are, as far as they are counted. */
  List<String> scopes() {
    return session.totals().get().byScope().keySet().stream()
        .filter(scope -> !scope.isBlank())
        .sorted()
        .toList();
  }

  /** Shows what a mend would do. */
  void open(MendRequest request) {
    if (session.open() != null) {
      close();
      shown.set(
          new Shown(
              request,
              MendDraft.of(request.preset()),
              MergeDraft.of(request.chosen()),
              null,
              null,
              Set.of()));
      look();
    }
  }

  /** Sets a field to what is typed, or leaves it as it is. */
  void set(MendField field, String text) {
    Shown now = shown.get();
    if (now != null && !now.draft().with(field, text).equals(now.draft())) {
      MendDraft draft = now.draft().with(field, text);
      shown.set(new Shown(now.request(), draft, now.merge(), now.ids(), null, Set.of()));
      look();
    }
  }

  /** Merges by another rule; what was chosen by hand stays so. */
  void merge(UnaryOperator<MergeDraft> change) {
    Shown now = shown.get();
    if (now != null && !change.apply(now.merge()).equals(now.merge())) {
      shown.set(now.with(change.apply(now.merge())).with(now.ids(), null, Set.of()));
      look();
    }
  }

  /** Keeps another one of its group. */
  void keep(String id) {
    Upgrades open = session.open();
    Shown now = shown.get();
    MendLook.Seen seen = now == null ? null : now.seen();
    if (open == null || now == null || seen == null || isLooking()) {
      return;
    }
    List<String> group = seen.together(id);
    MergeDraft wanted = now.merge().withKept(id, group);
    looking.start(
        new MendLook.Looking(0, 1),
        progress ->
            MergePreview.of(
                open.store(), List.of(group), wanted.order(), wanted.deletes(), looked -> {}),
        anew -> {
          Shown asked = shown.get();
          if (asked != null) {
            Set<String> without = new HashSet<>(asked.without());
            group.forEach(without::remove);
            shown.set(asked.with(wanted).with(asked.ids(), seen.with(anew), Set.copyOf(without)));
          }
        },
        this::failed);
  }

  /** While it is looked at, what is on screen is not yet what was chosen last. */
  private boolean isLooking() {
    return looking.progress().get() != null;
  }

  private void failed(Throwable failure) {
    close();
    errors.present(failure);
  }

  private void look() {
    looking.cancel();
    Upgrades open = session.open();
    Shown now = shown.get();
    if (open == null || now == null || !now.draft().problem().isEmpty()) {
      return;
    }
    List<String> known = now.ids();
    if (known != null && now.setsNothing()) {
      return;
    }
    MendRequest request = now.request();
    FieldChanges changes = now.draft().changes();
    boolean nothing = now.setsNothing();
    MergeDraft merge = now.merge();
    looking.start(
        new MendLook.Looking(0, known == null ? 0 : known.size()),
        progress -> {
          List<String> ids = known == null ? request.which().ids(open.store()) : known;
          return new MendLook.Found(
              ids,
              nothing
                  ? null
                  : MendLook.Seen.of(
                      MendLook.look(open.store(), request, ids, changes, merge, progress)));
        },
        found -> {
          Shown asked = shown.get();
          if (asked != null) {
            shown.set(asked.with(found.ids(), found.seen(), Set.of()));
          }
        },
        this::failed);
  }

  /** Takes a memory, or leaves it out; with all that it is merged with. */
  void take(String id, boolean on) {
    Shown now = shown.get();
    MendLook.Seen seen = now == null ? null : now.seen();
    if (now != null && seen != null && now.without().contains(id) == on) {
      Set<String> without = new HashSet<>(now.without());
      if (on) {
        seen.together(id).forEach(without::remove);
      } else {
        without.addAll(seen.together(id));
      }
      shown.set(now.with(now.ids(), now.seen(), Set.copyOf(without)));
    }
  }

  /**
   * Changes those that are taken, as a run.
   *
   * @param number what is typed as their number
   */
  void run(String number) {
    Shown now = shown.get();
    MendLook.Seen seen = now == null ? null : now.seen();
    if (now == null
        || seen == null
        || isLooking()
        || now.taken() == 0
        || running().get()
        || (now.asksNumber() && !now.isNumber(number))) {
      return;
    }
    Set<String> without = now.without();
    UpgradeOptions options = monitor.options();
    close();
    monitor.start(open -> open.mend(mends(seen.preview(), without), options));
  }

  private static List<PlannedMend> mends(MendPreview preview, Set<String> without) {
    return preview.mends().stream().filter(mend -> !without.contains(mend.id())).toList();
  }

  /** Shows nothing any more. */
  void close() {
    looking.cancel();
    shown.set(null);
  }
}
