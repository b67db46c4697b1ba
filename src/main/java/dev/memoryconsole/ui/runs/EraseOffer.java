package dev.memoryconsole.ui.runs;

import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Erasure;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Erases for good what is kept of the memories that a run deleted, once the admin has typed how
 * many they are. User interface's thread only.
 */
final class EraseOffer {
  private static final int MOST_NAMES = 3;

  private final RunsViewModel model;
  private final Session session;
  private final UiServices services;
  private final Confirmations confirmations;
  private final Notices notices;
  private final Messages messages;
  private final Tasks.Latest question;
  private final Slot<Integer> work;
  private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
  private long run;

  EraseOffer(
      RunsViewModel model,
      Session session,
      UiServices services,
      Tasks tasks,
      Confirmations confirmations,
      Notices notices,
      Messages messages) {
    this.model = model;
    this.session = session;
    this.services = services;
    this.confirmations = confirmations;
    this.notices = notices;
    this.messages = messages;
    this.question = tasks.latest();
    this.work = tasks.slot(true);
    session.upgrades().addListener(value -> work.cancel());
  }

  /** How many memories it would be of the run looked at last; 0 until it is known. */
  ReadOnlyIntegerProperty count() {
    return count.getReadOnlyProperty();
  }

  /** Whether it is being done: a large journal takes a while. */
  ReadOnlyBooleanProperty busy() {
    return work.busy();
  }

  /**
   * Looks how many they are.
   *
   * @param shown the run; null for none, or while nothing can be erased
   */
  void look(@Nullable RunRecord shown) {
    Upgrades open = session.open();
    question.cancel();
    if (shown == null || open == null || !mayHaveDeleted(shown)) {
      run = 0;
      count.set(0);
      return;
    }
    if (run != shown.id()) {
      run = shown.id();
      count.set(0);
    }
    question.run(() -> plan(open, shown).ids().size(), count::set);
  }

  /** Taking back an undo deletes again what that had put back, as an undone entry. */
  private static boolean mayHaveDeleted(RunRecord run) {
    return run.count(EntryState.DELETED) > 0
        || (run.kind() == RunKind.UNDO && run.count(EntryState.UNDONE) > 0);
  }

  private static Erasure.Plan plan(Upgrades open, RunRecord run) throws InterruptedException {
    return open.planErasure(Set.of(run.id()), Long.MAX_VALUE);
  }

  private record Found(Erasure.Plan plan, List<Snapshot> snapshots, Optional<Message> remains) {}

  /** Asks, with the number and where else they are. */
  void ask(RunRecord asked) {
    Upgrades open = session.open();
    if (open != null) {
      work.run(
          progress -> {
            Erasure.Plan plan = plan(open, asked);
            List<Snapshot> holding =
                services.snapshots(open).stream()
                    .filter(snapshot -> snapshot.isBefore(plan.lastDeletedAt()))
                    .toList();
            return new Found(plan, holding, open.store().remainsOfDeleted());
          },
          found -> ask(open, asked, found));
    }
  }

  private void ask(Upgrades open, RunRecord asked, Found found) {
    int memories = found.plan().ids().size();
    if (memories == 0) {
      notices.warning(messages.get("runs.erase.none", asked.id()));
      look(asked);
      return;
    }
    StringBuilder text = new StringBuilder(messages.get("runs.erase.text", memories, asked.id()));
    if (!found.snapshots().isEmpty()) {
      text.append("\n\n").append(snapshots(found.snapshots()));
    }
    found.remains().ifPresent(remains -> text.append("\n\n").append(messages.words(remains)));
    confirmations.warn(
        messages.get("runs.erase.title", asked.id()),
        text.toString(),
        messages.get("runs.erase.action", memories),
        memories,
        () -> erase(open, found.plan()));
  }

  private String snapshots(List<Snapshot> holding) {
    String names =
        holding.stream().limit(MOST_NAMES).map(Snapshot::name).collect(Collectors.joining(", "));
    int more = holding.size() - MOST_NAMES;
    return messages.get(
        "runs.erase.snapshots",
        holding.size(),
        more > 0 ? messages.get("runs.erase.more", names, more) : names,
        String.valueOf(holding.getFirst().file().getParent()));
  }

  private void erase(Upgrades open, Erasure.Plan plan) {
    work.run(
        progress -> open.erase(plan),
        report -> {
          notices.success(messages.get("runs.erase.done", report.memories()));
          if (report.notCleaned() != null) {
            notices.warning(report.notCleaned());
          }
          model.showAllBatches();
          model.reload();
          look(model.current().get());
        });
  }
}
