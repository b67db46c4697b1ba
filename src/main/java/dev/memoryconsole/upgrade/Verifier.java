package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.store.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at what runs wrote that are over. Thread-safe. */
final class Verifier {
  /**
   * Longer than any other program waits for the lock: the plugin gives up after 181 s. What has not
   * been overwritten by then will not be.
   */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);

  private final WrittenRows written;
  private final Journal journal;
  private final Clock clock;

  Verifier(MemoryStore store, Journal journal, Clock clock) {
    this.written = new WrittenRows(store, journal);
    this.journal = journal;
    this.clock = clock;
  }

  /** Looks at these runs; those still at work are left out. */
  VerifyReport verify(List<RunRecord> runs) throws InterruptedException {
    long[] checked = new long[1];
    List<VerifyReport.Lost> all = new ArrayList<>();
    for (RunRecord run : runs.reversed()) {
      if (run.state().isOver()) {
        int before = all.size();
        written.look(
            run.id(),
            run.kind(),
            (entry, finding) -> {
              checked[0]++;
              if (finding != Finding.IN_PLACE) {
                all.add(new VerifyReport.Lost(run.id(), entry.id(), entry.title(), finding));
              }
            });
        settle(run, all.size() == before);
      }
    }
    return new VerifyReport(checked[0], List.copyOf(all));
  }

  private void settle(RunRecord run, boolean clean) {
    Long finishedAt = run.finishedAt();
    if (clean
        && run.verification() == Verification.VERIFIED
        && finishedAt != null
        && clock.millis() - finishedAt > LONGEST_WAIT.toMillis()) {
      journal.verified(run.id(), Verification.SETTLED);
    }
  }
}
