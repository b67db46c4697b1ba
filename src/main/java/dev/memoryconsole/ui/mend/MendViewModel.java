package dev.memoryconsole.ui.mend;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendField;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.mend.PlannedMend;
import dev.memoryconsole.mend.find.MappedReflection;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.ErrorPresenter;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
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
   * How far the memories are looked at.
   *
   * @param total 0 until it is known
   */
  record Looking(int looked, int total) {}

  /**
   * What was seen.
   *
   * @param counts how many memories stand so
   */
  record Seen(MendPreview preview, Map<MendPlan.Fit, Integer> counts) {
    static Seen of(MendPreview preview) {
      Map<MendPlan.Fit, Integer> counts = new EnumMap<>(MendPlan.Fit.class);
      preview.items().forEach(item -> counts.merge(item.fit(), 1, Integer::sum));
      return new Seen(preview, counts);
    }

    int count(MendPlan.Fit fit) {
      return counts.getOrDefault(fit, 0);
    }
  }

  /**
   * The preview on screen.
   *
   * @param draft what is typed of what is to be set
   * @param ids the memories; null until they are found
   * @param seen what a mend would do to them; null until that is known, and while nothing is to be
   *     set
   * @param without the ids that the admin has taken out
   */
  record Shown(
      MendRequest request,
      MendDraft draft,
      @Nullable List<String> ids,
      @Nullable Seen seen,
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
      return typed.replaceAll("[\\s,.'’\\u00a0\\u202f]", "").equals(Integer.toString(taken()));
    }

    private Shown with(@Nullable List<String> newIds, @Nullable Seen newSeen, Set<String> out) {
      return new Shown(request, draft, newIds, newSeen, out);
    }
  }

  private final Session session;
  private final RunMonitor monitor;
  private final ErrorPresenter errors;
  private final Slot<Looking> looking;
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
  ReadOnlyObjectProperty<@Nullable Looking> looking() {
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
      shown.set(new Shown(request, MendDraft.of(request.preset()), null, null, Set.of()));
      look();
    }
  }

  /** Sets a field to what is typed, or leaves it as it is. */
  void set(MendField field, String text) {
    Shown now = shown.get();
    if (now != null && !now.draft().with(field, text).equals(now.draft())) {
      MendDraft draft = now.draft().with(field, text);
      shown.set(new Shown(now.request(), draft, now.ids(), null, Set.of()));
      look();
    }
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
    looking.start(
        new Looking(0, known == null ? 0 : known.size()),
        progress -> {
          List<String> ids = known == null ? request.which().ids(open.store()) : known;
          return new Found(
              ids,
              nothing ? null : Seen.of(look(open.store(), request.kind(), ids, changes, progress)));
        },
        found -> {
          Shown asked = shown.get();
          if (asked != null) {
            shown.set(asked.with(found.ids(), found.seen(), Set.of()));
          }
        },
        failure -> {
          close();
          errors.present(failure);
        });
  }

  private record Found(List<String> ids, @Nullable Seen seen) {}

  private static MendPreview look(
      MemoryStore store,
      MendRequest.Kind kind,
      List<String> ids,
      FieldChanges changes,
      Consumer<Looking> progress)
      throws InterruptedException {
    IntConsumer looked =
        so -> {
          Cancellation.check();
          progress.accept(new Looking(so, ids.size()));
        };
    return switch (kind) {
      case FIELDS -> MendPreview.of(store, ids, row -> Optional.of(changes), looked);
      case CATEGORIES -> MendPreview.of(store, ids, MappedReflection::mend, looked);
      case DELETION -> MendPreview.ofDeletion(store, ids, looked);
    };
  }

  /** Takes a memory, or leaves it out. */
  void take(String id, boolean on) {
    Shown now = shown.get();
    if (now != null && now.without().contains(id) == on) {
      Set<String> without = new HashSet<>(now.without());
      if (on) {
        without.remove(id);
      } else {
        without.add(id);
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
    Seen seen = now == null ? null : now.seen();
    if (now == null
        || seen == null
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
