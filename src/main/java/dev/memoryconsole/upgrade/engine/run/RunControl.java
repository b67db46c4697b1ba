package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.time.InstantSource;

/**
 * What the phases of a run are given of it. Thread-safe.
 *
 * @param id the run's id in the journal
 * @param store the store that is upgraded
 * @param clock the time of day
 * @param stop whether the run is to stop
 * @param gate closed while the run is paused
 * @param activity what the run is busy with
 * @param ledger what is recorded of the run
 */
public record RunControl(
    long id,
    RunKind kind,
    MemoryStore store,
    UpgradeOptions options,
    InstantSource clock,
    StopSignal stop,
    PauseGate gate,
    CurrentActivity activity,
    RunLedger ledger) {

  /** Whether the run is to stop. */
  public boolean isStopping() {
    return stop.isGiven();
  }

  /** Waits while the run is paused, and has the journal know it. */
  public void awaitResumed() throws InterruptedException {
    if (gate.isClosed()) {
      ledger.record(RunState.PAUSED, null);
      gate.await();
      ledger.record(RunState.RUNNING, null);
    }
  }

  /** Pauses the run until the model can be asked again, or until the admin says so. */
  public void waitForModel(ModelUnavailableException reason) {
    activity.waitForModel(reason, stop::isGiven);
  }
}
