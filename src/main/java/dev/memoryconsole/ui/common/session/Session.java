package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.ui.common.task.Renewal;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The store that is open, and what is in it. User interface's thread only. */
public final class Session {
  /**
   * What is in the store.
   *
   * @param stamped those that look upgraded and probably never were
   * @param corpus those that the plugin's corpus indexer keeps in step with files
   * @param isIndexed as {@link dev.memoryconsole.store.MemoryStore#isIndexed}
   * @param failedIds ids whose last outcome is failed or stale
   */
  public record Totals(
      long total,
      long legacy,
      long upgraded,
      long fallback,
      long stamped,
      long corpus,
      boolean isIndexed,
      Map<String, Long> byCategory,
      Map<String, Long> byScope,
      Set<String> failedIds) {
    /** What an empty store holds. */
    public static final Totals NONE =
        new Totals(0, 0, 0, 0, 0, 0, true, Map.of(), Map.of(), Set.of());

    private static Totals of(StoreStats stats, boolean isIndexed, Set<String> failedIds) {
      return new Totals(
          stats.total(),
          stats.legacy(),
          stats.upgraded(),
          stats.fallback(),
          stats.stamped(),
          stats.corpus(),
          isIndexed,
          stats.byCategory(),
          stats.byScope(),
          failedIds);
    }

    private Totals withFailedIds(Set<String> now) {
      return new Totals(
          total, legacy, upgraded, fallback, stamped, corpus, isIndexed, byCategory, byScope, now);
    }
  }

  private record Counted(StoreStats stats, boolean isIndexed) {}

  private record Read(Set<String> failedIds, Message doubt) {}

  private final Tasks tasks;
  private final Tasks.Latest question;
  private final Tasks.Latest counting;
  private final Renewal counts = new Renewal();
  private final ReadOnlyObjectWrapper<@Nullable Upgrades> upgrades = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Totals> totals = new ReadOnlyObjectWrapper<>(Totals.NONE);
  private final ReadOnlyBooleanWrapper counted = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Message> doubt = new ReadOnlyObjectWrapper<>(Message.NONE);
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper wishes = new ReadOnlyLongWrapper();

  /** With no store open. */
  public Session(Tasks tasks) {
    this.tasks = tasks;
    this.question = tasks.latest();
    this.counting = tasks.latest();
  }

  /** The open store; null if there is none. */
  public ReadOnlyObjectProperty<@Nullable Upgrades> upgrades() {
    return upgrades.getReadOnlyProperty();
  }

  /** The open store. */
  public @Nullable Upgrades open() {
    return upgrades.get();
  }

  /** What is in it; nothing until it is counted, but for what failed. */
  public ReadOnlyObjectProperty<Totals> totals() {
    return totals.getReadOnlyProperty();
  }

  /** Whether it was found out what is in it, which takes its time where that is much. */
  public boolean isCounted() {
    return counted.get();
  }

  /**
   * What is about to be written, and why others may lose something by it.
   *
   * @param text what is about to happen
   */
  public String withDoubt(String text, Messages messages) {
    return doubt.get().isEmpty() ? text : text + "\n\n" + messages.words(doubt.get());
  }

  /** Why what others write during a run may be lost, one sentence; empty if nothing is in doubt. */
  public ReadOnlyObjectProperty<Message> doubt() {
    return doubt.getReadOnlyProperty();
  }

  /** Grows whenever the store's content may have changed; screens read anew then. */
  public ReadOnlyLongProperty revision() {
    return revision.getReadOnlyProperty();
  }

  /** Grows whenever somebody asks for everything to be read anew, before it is. */
  public ReadOnlyLongProperty wishes() {
    return wishes.getReadOnlyProperty();
  }

  /** Reads everything anew because somebody asks for it, also what was stopped. */
  public void refreshAll() {
    wishes.set(wishes.get() + 1);
    refresh();
  }

  /** Shows another store; the one before is closed in the background. */
  public void show(@Nullable OpenStore next) {
    Upgrades before = upgrades.get();
    tasks.dropReads();
    question.cancel();
    counting.cancel();
    counts.reset();
    counted.set(false);
    totals.set(Totals.NONE);
    doubt.set(next == null ? Message.NONE : next.doubt());
    upgrades.set(next == null ? null : next.upgrades());
    if (before != null) {
      tasks.run(() -> closeWithStore(before));
    }
    refresh();
  }

  /** Tells the screens to read anew, and counts what is in the store by and by. */
  public void refresh() {
    Upgrades open = upgrades.get();
    if (open == null) {
      return;
    }
    question.run(
        () -> new Read(Set.copyOf(open.failedIds()), open.store().doubt().orElse(Message.NONE)),
        read -> {
          doubt.set(read.doubt());
          totals.set(totals.get().withFailedIds(read.failedIds()));
          revision.set(revision.get() + 1);
        });
    counts.ask(() -> count(open));
  }

  private void count(Upgrades open) {
    counting.run(
        () -> new Counted(open.store().stats(), open.store().isIndexed()),
        now -> {
          counted.set(true);
          totals.set(Totals.of(now.stats(), now.isIndexed(), totals.get().failedIds()));
          counts.done();
        },
        counts::done);
  }

  /** Cancels the run at work, waits for its end and closes the store. Background threads only. */
  public static void closeWithStore(Upgrades open) {
    OpenStore.close(open);
  }
}
