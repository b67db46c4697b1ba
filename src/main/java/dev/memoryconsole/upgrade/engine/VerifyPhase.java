package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.PatchReport;
import dev.memoryconsole.store.PatchResult;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.upgrade.RunActivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After the commits: looks at once and again after a while whether every write stayed, and makes
 * those again that another program has overwritten with an older copy, until two looks in a row
 * find everything in place. One thread. It begins anew after a kill, because all it needs is in the
 * journal.
 */
final class VerifyPhase {
  private static final Logger LOG = LoggerFactory.getLogger(VerifyPhase.class);
  private static final int CLEAN_LOOKS = 2;
  private static final int MOST_LOOKS = 50;
  private static final int TIMES_MISSED = 2;
  private static final int BATCH = 10;

  private final UpgradeRun run;
  private final WrittenRows written;
  private final Duration settling;
  // How often a row was not there under the lock.
  private final Map<String, Integer> missed = new HashMap<>();
  // What nothing can be done about: deleted, or several rows of one id.
  private final Set<String> given = new HashSet<>();
  private int batches;

  VerifyPhase(UpgradeRun run) {
    this.run = run;
    this.written = new WrittenRows(run.store(), run.journal());
    this.settling = run.store().settling();
  }

  /** Where it stands before the first look. */
  static RunActivity.Verifying beginning() {
    return new RunActivity.Verifying(0, CLEAN_LOOKS);
  }

  /** Verifies until everything is in place or the run is stopped. */
  void verifyAll() throws InterruptedException {
    int clean = 0;
    int looks = 0;
    boolean lookedOnce = false;
    while (clean < CLEAN_LOOKS && !run.isStopping()) {
      try {
        run.awaitResumed();
        if (lookedOnce) {
          TimeUnit.NANOSECONDS.sleep(settling.toNanos());
          run.awaitResumed();
        }
        lookedOnce = true;
        clean = look() == 0 ? clean + 1 : 0;
        run.doing().verifying(new RunActivity.Verifying(clean, CLEAN_LOOKS));
        if (clean == 0 && ++looks == MOST_LOOKS) {
          run.interrupt(
              "Other programs wrote older copies over upgrades again and again; what could be was"
                  + " re-applied, resume the run when they are quieter.");
        }
      } catch (InterruptedException e) {
        // A pause ends the waiting too; nothing was lost by it.
        if (run.isStopping()) {
          throw e;
        }
      }
    }
    if (clean >= CLEAN_LOOKS) {
      run.verified(Verification.VERIFIED);
    }
  }

  /** Answers how many were not in place; those that can be are written again. */
  private int look() throws InterruptedException {
    List<EntryProgress> lost = new ArrayList<>();
    written.look(
        run.id(),
        run.kind(),
        (entry, fate) -> {
          boolean open =
              switch (fate) {
                case IN_PLACE -> false;
                // The next upgrade takes it, as a legacy memory that it is again.
                case REWRITTEN -> false;
                case OVERWRITTEN, MISSING -> !given.contains(entry.id());
              };
          if (open) {
            lost.add(entry);
          }
        });
    int open = 0;
    for (int from = 0; from < lost.size(); from += BATCH) {
      if (run.isStopping()) {
        return lost.size();
      }
      open += reapply(lost.subList(from, Math.min(from + BATCH, lost.size())));
    }
    return open;
  }

  private AgainWork work(List<EntryProgress> batch) {
    Long ofRun = run.ofRun();
    long now = run.markers().next();
    return ofRun == null
        ? new ReapplyWork(run.id(), run.journal(), batch, now)
        : new RetakeWork(run.id(), ofRun, run.journal(), batch, now);
  }

  /**
   * Answers how many were not in place under the lock either: without it a row is missed that
   * another program is just replacing.
   */
  private int reapply(List<EntryProgress> batch) throws InterruptedException {
    run.awaitResumed();
    AgainWork work = work(batch);
    PatchReport report;
    try {
      report =
          run.store()
              .patch(
                  batch.stream().map(EntryProgress::id).toList(),
                  work,
                  new LockPurpose(LockPurpose.Kind.UPGRADE, run.id(), ++batches));
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (StoreException e) {
      // The next look finds them again.
      LOG.warn("{} rows could not be written again", batch.size(), e);
      return batch.size();
    }
    int open = 0;
    for (EntryProgress entry : batch) {
      PatchResult result = report.results().get(entry.id());
      if (result instanceof PatchResult.Written) {
        LOG.info("Run {} wrote {} again", run.id(), entry.id());
        run.ledger().reapplied(entry);
        open++;
      } else if (result instanceof PatchResult.Duplicate
          || result instanceof PatchResult.Unwritable
          || (result instanceof PatchResult.Missing
              && missed.merge(entry.id(), 1, Integer::sum) >= TIMES_MISSED)) {
        given.add(entry.id());
      } else if (result instanceof PatchResult.Missing) {
        open++;
      }
    }
    return open;
  }
}
