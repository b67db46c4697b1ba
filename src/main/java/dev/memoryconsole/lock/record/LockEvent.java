package dev.memoryconsole.lock.record;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * An acquisition in the flight recorder: from asking to released, in the thread that held it. What
 * was only seen of others has no duration of its own.
 */
@Name("dev.memoryconsole.LockAcquisition")
@Label("Lock LiveAcquisition")
@Description("The write lock of a store was asked for, held and released")
@Category("Memory Console")
@StackTrace(false)
final class LockEvent extends Event {
  @Label("Store")
  @Nullable String store;

  @Label("Holder")
  @Nullable String holder;

  @Label("Operation")
  @Nullable String operation;

  @Label("Run")
  long run;

  @Label("Batch")
  int batch;

  @Label("Wait")
  @Timespan(Timespan.NANOSECONDS)
  long waitTime;

  @Label("Hold")
  @Timespan(Timespan.NANOSECONDS)
  long holdTime;

  @Label("Rows Written")
  int rows;

  @Label("Outcome")
  @Nullable String outcome;

  @Label("Observed")
  @Description("Somebody else's hold, as far as it was seen")
  boolean observed;

  /** Ends it, and puts it into the recording if there is one that wants it. */
  void commit(String storeName, LockAcquisition event) {
    end();
    if (!shouldCommit()) {
      return;
    }
    store = storeName;
    holder =
        switch (event.holder()) {
          case LockHolder.OurRun ours -> "run " + ours.run();
          case LockHolder.OurOperation operationOfOurs -> "this process";
          case LockHolder.OtherConsole other -> "process " + other.pid();
          case LockHolder.Foreign foreign ->
              foreign.pid() == 0
                  ? "another program"
                  : foreign.program() + " (process " + foreign.pid() + ")";
        };
    operation = event.purpose().kind().name();
    run = event.purpose().run();
    batch = event.purpose().batch();
    waitTime = event.waitNanos();
    holdTime = event.holdNanos();
    rows = event.rows();
    outcome = event.outcome().name();
    observed = event.observed();
    commit();
  }
}
