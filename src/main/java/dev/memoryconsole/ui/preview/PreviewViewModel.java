package dev.memoryconsole.ui.preview;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.ui.common.session.RunGate;
import dev.memoryconsole.ui.common.session.RunStart;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.UpgradePreview;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the preview of the chosen memories shows: one after the other, each to be taken or
 * left out. Nothing is sent to a model before somebody asks for that. User interface's thread only.
 */
public final class PreviewViewModel {
  /**
   * How far the memories are read.
   *
   * @param total 0 until it is known
   */
  record Reading(long read, long total) {}

  /**
   * The preview on screen.
   *
   * @param plan what an upgrade would take; null until that is counted
   * @param without the ids that the admin has taken out
   * @param at the place of the memory that is shown, counted from 0
   */
  record Shown(@Nullable PlannedRun plan, Set<String> without, int at) {
    private static final Shown COUNTING = new Shown(null, Set.of(), 0);

    /** How many are upgraded. */
    int taken() {
      return plan == null ? 0 : plan.size() - without.size();
    }

    @Nullable String id() {
      return plan == null || plan.isEmpty() ? null : plan.ids().get(at);
    }

    boolean takes() {
      String id = id();
      return id != null && !without.contains(id);
    }
  }

  /**
   * One memory, and what an upgrade would do to it.
   *
   * @param entry null while it is read, or if it is not there any more
   * @param caption one sentence
   * @param canAsk whether the model can be asked
   */
  record Memory(@Nullable MemoryEntry entry, String caption, List<KeyDiff> keys, boolean canAsk) {}

  private record Asked(RunRequest request, UpgradeOptions options, Runnable begun) {}

  private record Read(@Nullable MemoryEntry entry, @Nullable UpgradePreview preview) {}

  private final Session session;
  private final RunGate gate;
  private final Supplier<UpgradeOptions> options;
  private final Messages messages;
  private final Slot<Reading> counting;
  private final Tasks.Latest reading;
  private final Slot<Void> byModel;
  private final ReadOnlyObjectWrapper<@Nullable Shown> shown = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Memory> memory;
  private @Nullable Asked asked;

  /** With nothing on screen. */
  public PreviewViewModel(
      Session session,
      Tasks tasks,
      RunGate gate,
      Supplier<UpgradeOptions> options,
      Messages messages) {
    this.session = session;
    this.gate = gate;
    this.options = options;
    this.messages = messages;
    this.counting = tasks.slot(false);
    this.reading = tasks.latest();
    this.byModel = tasks.slot(true);
    this.memory = new ReadOnlyObjectWrapper<>(waiting("…"));
    session.upgrades().addListener(value -> close());
  }

  ReadOnlyObjectProperty<@Nullable Shown> shown() {
    return shown.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Memory> memory() {
    return memory.getReadOnlyProperty();
  }

  /** How far the memories are read; null when they are. */
  ReadOnlyObjectProperty<@Nullable Reading> reading() {
    return counting.progress();
  }

  /**
   * Shows what an upgrade would do.
   *
   * @param begun called once it is started
   */
  public void show(RunRequest request, Runnable begun) {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    close();
    Asked wanted = new Asked(request, options.get(), begun);
    asked = wanted;
    memory.set(waiting("…"));
    shown.set(Shown.COUNTING);
    counting.start(
        new Reading(0, 0),
        progress -> {
          PlannedRun plan = open.peek(request, wanted.options().scopes());
          return open.check(
              plan,
              (read, sent) -> {
                progress.accept(new Reading(read, plan.size()));
                return true;
              });
        },
        plan -> {
          shown.set(new Shown(plan, Set.of(), 0));
          read();
        },
        failure -> {
          close();
          gate.present(failure);
        });
  }

  private Memory waiting(String caption) {
    return new Memory(null, caption, List.of(), false);
  }

  void next() {
    go(1);
  }

  void previous() {
    go(-1);
  }

  private void go(int by) {
    Shown now = shown.get();
    PlannedRun plan = now == null ? null : now.plan();
    if (now != null && plan != null && now.at() + by >= 0 && now.at() + by < plan.size()) {
      shown.set(new Shown(plan, now.without(), now.at() + by));
      read();
    }
  }

  /** Takes the memory on screen, or leaves it out. */
  void take(boolean on) {
    Shown now = shown.get();
    String id = now == null ? null : now.id();
    if (now != null && id != null && now.takes() != on) {
      Set<String> without = new HashSet<>(now.without());
      if (on) {
        without.remove(id);
      } else {
        without.add(id);
      }
      shown.set(new Shown(now.plan(), Set.copyOf(without), now.at()));
    }
  }

  private void read() {
    Upgrades open = session.open();
    Shown now = shown.get();
    String id = now == null ? null : now.id();
    Asked wanted = asked;
    byModel.cancel();
    reading.cancel();
    if (open == null || wanted == null || id == null) {
      memory.set(waiting(""));
      return;
    }
    reading.run(
        () -> {
          List<MemoryEntry> found = open.store().find(List.of(id));
          MemoryEntry entry = found.isEmpty() ? null : found.getFirst();
          return new Read(
              entry, entry == null ? null : open.previewed(entry, wanted.options()).orElse(null));
        },
        read -> memory.set(describe(read, open.enricher())));
  }

  private Memory describe(Read read, String enricher) {
    UpgradePreview preview = read.preview();
    if (read.entry() == null) {
      return waiting(messages.get("preview.gone"));
    }
    if (preview == null) {
      return new Memory(read.entry(), messages.get("diff.askPreview", enricher), List.of(), true);
    }
    String words = messages.words(preview.message());
    return new Memory(
        read.entry(),
        messages.get("diff.preview", enricher) + (words.isEmpty() ? "" : " " + words),
        preview.diff(),
        false);
  }

  /** Asks the model about the memory on screen; the admin agrees before the first call. */
  void askModel() {
    MemoryEntry entry = memory.get().entry();
    Upgrades open = session.open();
    Asked wanted = asked;
    if (entry != null && open != null && wanted != null) {
      gate.beforeSendingOne(() -> ask(open, entry, wanted));
    }
  }

  private void ask(Upgrades open, MemoryEntry entry, Asked wanted) {
    if (!wanted.equals(asked) || !entry.equals(memory.get().entry())) {
      return;
    }
    reading.cancel();
    memory.set(new Memory(entry, messages.get("diff.previewing"), List.of(), false));
    byModel.run(
        progress -> open.preview(entry, wanted.options()),
        preview -> memory.set(describe(new Read(entry, preview), open.enricher())),
        failure -> {
          memory.set(describe(new Read(entry, null), open.enricher()));
          gate.present(failure);
        });
  }

  /** Upgrades those that are taken; where memories are sent to a model it is asked first. */
  void upgrade() {
    Shown now = shown.get();
    Asked wanted = asked;
    PlannedRun plan = now == null ? null : now.plan();
    if (now == null || wanted == null || plan == null || now.taken() == 0) {
      return;
    }
    List<String> ids = plan.ids().stream().filter(id -> !now.without().contains(id)).toList();
    close();
    gate.start(
        new RunStart(new RunRequest.Chosen(ids, true), wanted.options(), false, wanted.begun()));
  }

  /** Shows nothing any more. */
  void close() {
    counting.cancel();
    reading.cancel();
    byModel.cancel();
    asked = null;
    shown.set(null);
  }
}
