package dev.memoryconsole.ui.runs;

import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.VerifyReport;
import dev.memoryconsole.upgrade.WriteFate;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether what runs wrote is still in place, when a store is opened where that may change
 * after a run, and on demand; offers to re-apply what was overwritten. While the store stays open a
 * {@link VerifyTail} looks again. User interface's thread only.
 */
public final class VerifyOffer {
  /**
   * What a run lost.
   *
   * @param overwritten how many of its upgrades can be re-applied
   */
  record Loss(long run, long overwritten) {}

  private final Session session;
  private final RunMonitor monitor;
  private final Notices notices;
  private final Messages messages;
  private final Supplier<UpgradeOptions> options;
  private final Tasks.Latest question;
  private final ReadOnlyObjectWrapper<@Nullable Loss> offered = new ReadOnlyObjectWrapper<>();
  private final VerifyTail tail;
  private boolean reapplying;

  /** For the store of this session. */
  public VerifyOffer(
      Session session,
      RunMonitor monitor,
      Tasks tasks,
      Notices notices,
      Messages messages,
      Supplier<UpgradeOptions> options) {
    this.session = session;
    this.monitor = monitor;
    this.notices = notices;
    this.messages = messages;
    this.options = options;
    this.question = tasks.latestLong();
    this.tail = new VerifyTail(session, monitor, tasks, options, this::offer);
    session.upgrades().addListener((value, before, now) -> opened(now));
    monitor.active().addListener((value, before, now) -> runEnded(now));
  }

  /** What can be re-applied; null if there is nothing to offer. */
  ReadOnlyObjectProperty<@Nullable Loss> offered() {
    return offered.getReadOnlyProperty();
  }

  /** What is offered. */
  String sentence(Loss loss) {
    return messages.get("verify.lost", loss.run(), loss.overwritten());
  }

  private void opened(@Nullable Upgrades open) {
    question.cancel();
    offered.set(null);
    reapplying = false;
    if (open != null) {
      look(open);
    }
    tail.opened(open);
  }

  /** What another run lost is offered next. */
  private void runEnded(boolean active) {
    Upgrades open = session.open();
    RunProgress ended = monitor.progress().get();
    if (active || open == null) {
      return;
    }
    if (reapplying) {
      reapplying = false;
      look(open);
    }
    if (ended != null) {
      tail.ended(open, ended.run());
    }
  }

  private void look(Upgrades open) {
    question.run(open::verifyUnsettled, this::offer);
  }

  private void offer(VerifyReport report) {
    if (report.runsToReapply().isEmpty()) {
      offered.set(null);
      return;
    }
    long run = report.runsToReapply().getFirst();
    long overwritten =
        report.findings().stream()
            .filter(lost -> lost.run() == run && lost.fate() == WriteFate.OVERWRITTEN)
            .count();
    offered.set(new Loss(run, overwritten));
  }

  /** Looks at what a run wrote and says what became of it. */
  void check(long run) {
    Upgrades open = session.open();
    if (open != null) {
      question.run(() -> open.verify(run), report -> tell(run, report));
    }
  }

  private void tell(long run, VerifyReport report) {
    offer(report);
    long others = report.count(WriteFate.REWRITTEN) + report.count(WriteFate.MISSING);
    long returned = report.count(WriteFate.RETURNED);
    if (others > 0) {
      notices.warning(messages.get("verify.others", run, others));
    }
    if (returned > 0) {
      notices.warning(messages.get("verify.returned", Long.toString(run), returned));
    }
    if (report.findings().isEmpty()) {
      notices.success(messages.get("verify.inPlace", Long.toString(run), report.checked()));
    }
  }

  /** Re-applies what is offered. */
  void reapply() {
    Loss loss = offered.get();
    if (loss != null) {
      offered.set(null);
      reapplying = true;
      UpgradeOptions chosen = options.get();
      monitor.start(open -> open.reapply(loss.run(), chosen));
    }
  }

  /** No more until the store is opened again or the admin asks. */
  void later() {
    offered.set(null);
  }
}
