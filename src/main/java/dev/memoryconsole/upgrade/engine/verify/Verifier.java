package dev.memoryconsole.upgrade.engine.verify;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.VerifyReport;
import dev.memoryconsole.upgrade.WriteFate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks at what runs wrote that are over. Thread-safe. */
public final class Verifier {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final MemoryStore store;
  private final WrittenRows written;
  private final Journal journal;
  private final InstantSource clock;

  /** Looks into this store. */
  public Verifier(MemoryStore store, Journal journal, InstantSource clock) {
    this.store = store;
    this.written = new WrittenRows(store, journal);
    this.journal = journal;
    this.clock = clock;
  }

  /** Looks at these runs; those still at work are left out. */
  public VerifyReport verify(List<RunRecord> runs) throws InterruptedException {
    long[] checked = new long[1];
    List<VerifyReport.Lost> all = new ArrayList<>();
    for (RunRecord run : runs.reversed()) {
      if (run.state().isOver()) {
        List<VerifyReport.Lost> lost = look(run, checked);
        all.addAll(lost);
        settle(run, lost);
      }
    }
    return new VerifyReport(checked[0], List.copyOf(all));
  }

  private List<VerifyReport.Lost> look(RunRecord run, long[] checked) throws InterruptedException {
    List<VerifyReport.Lost> lost = new ArrayList<>();
    List<EntryProgress> missing = new ArrayList<>();
    written.look(
        run.id(),
        run.kind(),
        (entry, fate) -> {
          checked[0]++;
          if (fate == WriteFate.MISSING) {
            missing.add(entry);
          } else if (fate != WriteFate.IN_PLACE) {
            lost.add(lost(run, entry, fate));
          }
        });
    if (!missing.isEmpty()) {
      // Another program may just have been replacing them.
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      written.again(
          missing,
          (entry, fate) -> {
            if (fate != WriteFate.IN_PLACE) {
              lost.add(lost(run, entry, fate));
            }
          });
    }
    return lost;
  }

  private static VerifyReport.Lost lost(RunRecord run, EntryProgress entry, WriteFate fate) {
    return new VerifyReport.Lost(run.id(), entry.id(), entry.title(), fate);
  }

  /** What is gone or has another text can't be overwritten with an older copy any more. */
  private void settle(RunRecord run, List<VerifyReport.Lost> lost) {
    Long finishedAt = run.finishedAt();
    if (run.verification() == Verification.VERIFIED
        && lost.stream().noneMatch(entry -> entry.fate() == WriteFate.OVERWRITTEN)
        && finishedAt != null
        && clock.millis() - finishedAt >= lastLook().toMillis()) {
      journal.runs().settled(run.id());
    }
  }

  private Duration lastLook() {
    List<Duration> looks = store.laterLooks();
    return looks.isEmpty() ? Duration.ZERO : looks.getLast();
  }

  /**
   * Tells in how many milliseconds runs are to be looked at again; those without a later look are
   * left out.
   */
  public Map<Long, Long> laterLooks(List<RunRecord> runs) {
    Map<Long, Long> due = new HashMap<>();
    long now = clock.millis();
    for (RunRecord run : runs) {
      Long finishedAt = run.finishedAt();
      if (finishedAt != null) {
        store.laterLooks().stream()
            .mapToLong(after -> finishedAt + after.toMillis() - now)
            .filter(millis -> millis > 0)
            .min()
            .ifPresent(millis -> due.put(run.id(), millis));
      }
    }
    return due;
  }
}
