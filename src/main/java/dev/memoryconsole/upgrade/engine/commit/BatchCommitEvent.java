package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.lock.LockPurpose;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One batch in the flight recorder: from asking for the lock to its answer. */
@Name("dev.memoryconsole.BatchCommit")
@Label("Batch Commit")
@Description("A batch of a run was merged and written under one lock")
@Category("Memory Console")
@StackTrace(false)
final class BatchCommitEvent extends Event {
  @Label("Run")
  long run;

  @Label("Batch")
  int batch;

  @Label("Entries")
  int entries;

  @Label("Rows Written")
  int rows;

  @Label("Failed")
  boolean failed;

  private BatchCommitEvent() {}

  /** A batch that begins now. */
  static BatchCommitEvent begun(LockPurpose purpose) {
    BatchCommitEvent begun = new BatchCommitEvent();
    begun.run = purpose.run();
    begun.batch = purpose.batch();
    begun.failed = true;
    begun.begin();
    return begun;
  }

  /** Notes how many entries it has. */
  void took(int of) {
    entries = of;
  }

  /** Notes that the batch was written. */
  void written(int written) {
    rows = written;
    failed = false;
  }
}
