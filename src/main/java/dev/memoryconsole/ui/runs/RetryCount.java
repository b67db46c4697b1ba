package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.PlanReader;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Set;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * How many memories a retry of the shown run would take now: later runs, and other programs, may
 * have done some of it. User interface's thread only.
 */
final class RetryCount {
  private final Session session;
  private final Tasks.Latest question;
  private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
  private long run;

  RetryCount(Session session, Tasks tasks) {
    this.session = session;
    this.question = tasks.latest();
  }

  /** The number for the run asked about last; 0 until it is known. */
  ReadOnlyIntegerProperty count() {
    return count.getReadOnlyProperty();
  }

  /**
   * Asks anew.
   *
   * @param shown the run; null for none, or while none can be retried
   */
  void ask(@Nullable RunRecord shown) {
    Upgrades open = session.open();
    question.cancel();
    if (shown == null || open == null || RunActions.retryable(shown) == 0) {
      run = 0;
      count.set(0);
      return;
    }
    if (run != shown.id()) {
      run = shown.id();
      count.set(0);
    }
    RunRequest retry = new RunRequest.Retry(run);
    question.run(() -> open.check(open.peek(retry, Set.of()), PlanReader.NONE).size(), count::set);
  }
}
