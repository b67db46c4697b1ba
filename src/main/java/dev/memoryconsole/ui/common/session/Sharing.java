package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether the run that is asked about is to be shared with other consoles. Chosen anew for each:
 * nothing is remembered. User interface's thread only.
 */
public final class Sharing {
  private final BooleanProperty chosen = new SimpleBooleanProperty();
  private boolean offered;

  Sharing() {}

  /** Offers it where a run of this store can be shared, not chosen at first. */
  void offer(Upgrades open, RunStart start) {
    chosen.set(false);
    offered = start.isChosen() && open.sharedRuns().isPresent();
  }

  /** Whether it can be chosen. */
  public boolean isOffered() {
    return offered;
  }

  /** The admin's choice. */
  public BooleanProperty chosen() {
    return chosen;
  }

  /**
   * What starts the run as it was chosen now: shared, this console takes part in it.
   *
   * @param model whose budget and rates all have together then; null for a run without one
   */
  Function<Upgrades, RunHandle> starter(
      PlannedRun plan, UpgradeOptions options, @Nullable ModelSettings model) {
    if (!chosen.get()) {
      return open -> open.start(plan, options);
    }
    TeamTerms terms =
        model == null
            ? TeamTerms.NONE
            : new TeamTerms(
                model.budget(),
                model.limits().requestsPerMinute(),
                model.limits().tokensPerMinute());
    return open -> share(open, plan, options, terms);
  }

  private static RunHandle share(
      Upgrades open, PlannedRun plan, UpgradeOptions options, TeamTerms terms) {
    long run = open.share(plan, options, terms);
    try {
      return open.work(run, options);
    } catch (RuntimeException e) {
      // Who is told that it could not begin must not leave one behind that others work on.
      try {
        open.sharedRuns().ifPresent(team -> team.cancel(run));
      } catch (RuntimeException notCancelled) {
        e.addSuppressed(notCancelled);
      }
      throw e;
    }
  }
}
