package dev.memoryconsole.ui.common.text;

import dev.memoryconsole.exchange.Snapshots;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.RunRecord.Restore;
import dev.memoryconsole.journal.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a run did that is a restore. User interface's thread only. */
public final class RestoreText {
  private final Messages messages;
  private final Times times;

  /** In this language. */
  public RestoreText(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
  }

  /** Whether it was killed or failed so that nobody knows whether it took effect. */
  public static boolean isInDoubt(RunRecord run) {
    return run.state() == RunState.INTERRUPTED && safetyCopy(run) != null;
  }

  private static @Nullable String safetyCopy(RunRecord run) {
    Restore restore = run.restore();
    return restore == null ? null : restore.safetyCopy();
  }

  /** A few words. */
  public String brief(RunRecord run) {
    return messages.get("restore.brief", snapshot(run));
  }

  /** What became of it, and what can be done. */
  public String sentence(RunRecord run) {
    String safety = safetyCopy(run);
    if (!run.state().isOver()) {
      return messages.get("restore.atWork", snapshot(run));
    }
    if (safety == null) {
      return messages.get("restore.nothing", snapshot(run));
    }
    return messages.get(
        isInDoubt(run) ? "restore.inDoubt" : "restore.done", snapshot(run), time(safety));
  }

  /** What to say when the store is opened and its last restore is in doubt. */
  public String offer(RunRecord run) {
    return messages.get("restore.offer", run.id(), sentence(run));
  }

  private String snapshot(RunRecord run) {
    Restore restore = run.restore();
    return restore == null ? "" : time(restore.snapshot());
  }

  /** As the panel of snapshots lists it. */
  private String time(String snapshot) {
    return Snapshots.timeOf(snapshot).map(Instant::toEpochMilli).map(times::exact).orElse(snapshot);
  }
}
