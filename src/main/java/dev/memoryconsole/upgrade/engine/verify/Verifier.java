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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Looks at what runs wrote that are over. Thread-safe. */
public final class Verifier {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final MemoryStore store;
  private final WrittenRows written;
  private final Journal journal;
  private final InstantSource clock;
  private final long opened;
  // When the latest look at a run began.
  private final Map<Long, Long> looked = new ConcurrentHashMap<>();

  /** Looks into this store. */
  public Verifier(MemoryStore store, Journal journal, InstantSource clock) {
    this.store = store;
    this.written = new WrittenRows(store, journal);
    this.journal = journal;
    this.clock = clock;
    this.opened = clock.millis();
  }

  /** Looks at these runs; those still at work are left out. */
  public VerifyReport verify(List<RunRecord> runs) throws InterruptedException {
    long[] checked = new long[1];
    List<VerifyReport.Lost> all = new ArrayList<>();
    for (RunRecord run : runs.reversed()) {
      if (run.state().isOver()) {
        // A write that comes while it looks may come too late to be seen.
        long began = clock.millis();
        List<VerifyReport.Lost> lost = look(run, checked);
        looked.merge(run.id(), began, Math::max);
        all.addAll(lost);
        settle(run, began, lost);
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
  private void settle(RunRecord run, long began, List<VerifyReport.Lost> lost) {
    Long finishedAt = run.finishedAt();
    if (run.verification() == Verification.VERIFIED
        && lost.stream().noneMatch(entry -> entry.fate() == WriteFate.OVERWRITTEN)
        && finishedAt != null
        && began - finishedAt >= lastLook().toMillis()) {
      journal.runs().settled(run.id());
    }
  }

  private Duration lastLook() {
    List<Duration> looks = store.laterLooks();
    return looks.isEmpty() ? Duration.ZERO : looks.getLast();
  }

  /**
   * Tells in how many milliseconds runs are to be looked at again, 0 for at once; those without a
   * later look are left out. What came due while another look was under way is still to be done;
   * what came due before this store was opened is not: opening looks at it.
   */
  public Map<Long, Long> laterLooks(List<RunRecord> runs) {
    Map<Long, Long> due = new HashMap<>();
    long now = clock.millis();
    for (RunRecord run : runs) {
      Long finishedAt = run.finishedAt();
      if (finishedAt != null) {
        long seen = Math.max(finishedAt, Math.max(opened, looked.getOrDefault(run.id(), opened)));
        store.laterLooks().stream()
            .mapToLong(after -> finishedAt + after.toMillis())
            .filter(at -> at > seen)
            .min()
            .ifPresent(at -> due.put(run.id(), Math.max(0, at - now)));
      }
    }
    return due;
  }
}
