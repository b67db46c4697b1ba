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
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The latest runs of the open store, in words. User interface's thread only. */
final class LatestRuns {
  private static final int MOST_RUNS = 6;

  /**
   * A run in two lines.
   *
   * @param title its number and kind
   * @param at when it began, milliseconds since 1970
   * @param figures its outcomes
   * @param usage what it took of a model; empty if it asked none
   */
  record Run(Badge badge, String title, long at, String figures, String usage) {}

  private final Session session;
  private final Messages messages;
  private final UsageText usageText;
  private final RestoreText restores;
  private final Tasks.Latest question;
  private final ReadOnlyObjectWrapper<List<Run>> runs = new ReadOnlyObjectWrapper<>(List.of());

  LatestRuns(Session session, Tasks tasks, Messages messages, Times times) {
    this.session = session;
    this.messages = messages;
    this.usageText = new UsageText(messages);
    this.restores = new RestoreText(messages, times);
    this.question = tasks.latest();
    session.upgrades().addListener(value -> runs.set(List.of()));
    session.revision().addListener(value -> readRuns());
  }

  /** Newest first. */
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
                  "overview.mended",
                  run.count(EntryState.MENDED) + run.count(EntryState.DELETED),
                  run.selected(),
                  unfinished);
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
        run.startedAt(),
        figures,
        usageText.line(run.usage()));
  }
}
