package dev.memoryconsole.upgrade.engine;

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
final class BatchCommit extends Event {
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

  private BatchCommit() {}

  /** A batch that begins now. */
  static BatchCommit begun(LockPurpose purpose, int entries) {
    BatchCommit begun = new BatchCommit();
    begun.run = purpose.run();
    begun.batch = purpose.batch();
    begun.entries = entries;
    begun.failed = true;
    begun.begin();
    return begun;
  }

  /** It was written. */
  void written(int written) {
    rows = written;
    failed = false;
  }
}
