package dev.memoryconsole.ui.overview;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.RestoreText;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.common.text.UsageText;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Decides what the overview says. User interface's thread only. */
public final class OverviewViewModel {
  private static final int MOST_RUNS = 6;
  private static final int MOST_ROWS = 12;

  /** How many of the store's memories are so. */
  record Share(String name, long count, double ofAll) {}

  /** How many stand there. */
  record StateShare(Badge badge, Share share) {}

  /**
   * A run in two lines.
   *
   * @param title its number and kind
   * @param when relative
   * @param figures its outcomes
   * @param usage what it took of a model; empty if it asked none
   */
  record Run(Badge badge, String title, String when, String figures, String usage) {}

  private final Session session;
  private final Messages messages;
  private final Times times;
  private final UsageText usageText;
  private final RestoreText restores;
  private final Tasks.Latest question;
  private final ReadOnlyObjectWrapper<List<Run>> runs = new ReadOnlyObjectWrapper<>(List.of());

  /** For the store of this session. */
  public OverviewViewModel(Session session, Tasks tasks, Messages messages, Times times) {
    this.session = session;
    this.messages = messages;
    this.times = times;
    this.usageText = new UsageText(messages);
    this.restores = new RestoreText(messages, times);
    this.question = tasks.latest();
    session.upgrades().addListener(value -> runs.set(List.of()));
    session.revision().addListener(value -> readRuns());
  }

  ReadOnlyObjectProperty<Session.Totals> totals() {
    return session.totals();
  }

  /** The latest, newest first. */
  ReadOnlyObjectProperty<List<Run>> runs() {
    return runs.getReadOnlyProperty();
  }

  private void readRuns() {
    Upgrades open = session.open();
    if (open == null) {
      question.cancel();
    } else {
      question.run(
          () -> open.runs(MOST_RUNS), read -> runs.set(read.stream().map(this::run).toList()));
    }
  }

  private Run run(RunRecord run) {
    int unfinished = run.count(EntryState.FAILED) + run.count(EntryState.STALE);
    String figures =
        switch (run.kind()) {
          case MEND ->
              messages.get(
                  "overview.mended", run.count(EntryState.MENDED), run.selected(), unfinished);
          case UNDO ->
              messages.get("overview.undone", run.count(EntryState.UNDONE), run.selected());
          case RESTORE -> restores.brief(run);
          case UPGRADE, RETRY, STAMPED ->
              messages.get(
                  "overview.outcomes",
                  run.count(EntryState.UPGRADED),
                  run.selected(),
                  run.count(EntryState.FALLBACK),
                  unfinished);
        };
    String title =
        switch (run.kind()) {
          case UPGRADE, STAMPED -> messages.get("runs.upgradeOf", run.id());
          case RETRY -> messages.get("runs.retryOf", run.id());
          case MEND -> messages.get("runs.mendOf", run.id());
          case UNDO -> {
            Long undone = run.ofRun();
            yield messages.get("runs.undoOf", run.id(), undone == null ? run.id() : undone);
          }
          case RESTORE -> messages.get("runs.restoreOf", run.id());
        };
    return new Run(
        Badge.of(run.kind(), run.state()),
        title,
        times.relative(run.startedAt()),
        figures,
        usageText.line(run.usage()));
  }

  /** The answer before any bar: how much is left to do. */
  String sentence() {
    Session.Totals now = totals().get();
    if (now.total() == 0) {
      return messages.get("overview.empty");
    }
    return now.legacy() == 0
        ? messages.get("overview.nothingLegacy", now.total())
        : messages.get("overview.legacy", now.total(), now.legacy());
  }

  List<StateShare> states() {
    Session.Totals now = totals().get();
    List<StateShare> shares = new ArrayList<>();
    shares.add(state(Badge.LEGACY, now.legacy()));
    shares.add(state(Badge.UPGRADED, now.upgraded()));
    shares.add(state(Badge.FALLBACK, now.fallback()));
    shares.add(state(Badge.FAILED, now.failedIds().size()));
    if (now.corpus() > 0) {
      shares.add(state(Badge.CORPUS, now.corpus()));
    }
    return List.copyOf(shares);
  }

  private StateShare state(Badge badge, long count) {
    return new StateShare(badge, share(messages.get(badge.key()), count));
  }

  List<Share> categories() {
    return shares(totals().get().byCategory(), messages.get("entries.noCategory"));
  }

  List<Share> scopes() {
    return shares(totals().get().byScope(), messages.get("entries.noScope"));
  }

  /** The largest; the rest in one row. */
  private List<Share> shares(Map<String, Long> counts, String unnamed) {
    List<Share> sorted =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(
                entry ->
                    share(entry.getKey().isEmpty() ? unnamed : entry.getKey(), entry.getValue()))
            .toList();
    if (sorted.size() <= MOST_ROWS) {
      return sorted;
    }
    List<Share> rest = sorted.subList(MOST_ROWS - 1, sorted.size());
    long others = rest.stream().mapToLong(Share::count).sum();
    List<Share> shown = new ArrayList<>(sorted.subList(0, MOST_ROWS - 1));
    shown.add(share(messages.get("overview.others", rest.size()), others));
    return List.copyOf(shown);
  }

  private Share share(String name, long count) {
    long total = totals().get().total();
    return new Share(name, count, total == 0 ? 0 : Math.min(1, (double) count / total));
  }

  String count(Share share) {
    return messages.numbers().whole(share.count());
  }
}
