package dev.memoryconsole.upgrade.engine.verify;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.upgrade.RunActivity;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.engine.commit.AnnouncedBatch;
import dev.memoryconsole.upgrade.engine.commit.Decision;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.EnrichmentResult;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After the commits: looks at once and again after a while whether every write stayed, and makes
 * those again that another program has overwritten with an older copy, until two looks in a row
 * find everything in place. One thread. It begins anew after a kill, because all it needs is in the
 * journal.
 */
public final class VerifyPhase {
  private static final Logger LOG = LoggerFactory.getLogger(VerifyPhase.class);
  private static final int CLEAN_LOOKS = 2;
  private static final int MOST_LOOKS = 50;
  private static final int TIMES_MISSED = 2;
  private static final int BATCH = 10;

  private final RunControl run;
  private final Journal journal;
  // Whose writes are looked at: an undo looks whether what another run wrote is still taken back.
  private final long writer;
  private final Supplier<? extends Decision> decisions;
  private final WrittenRows written;
  private final Duration settling;
  // How often a row was not there under the lock.
  private final Map<String, Integer> missed = new HashMap<>();
  // What nothing can be done about: deleted, or several rows of one id.
  private final Set<String> given = new HashSet<>();
  private int batches;

  /**
   * Looks after what a run wrote.
   *
   * @param ofRun the run that an undo takes back; null for what is no undo
   * @param decisions makes the decision of each batch that is written again
   */
  public VerifyPhase(
      RunControl run,
      Journal journal,
      @Nullable Long ofRun,
      Supplier<? extends Decision> decisions) {
    this.run = run;
    this.journal = journal;
    this.writer = ofRun == null ? run.id() : ofRun;
    this.decisions = decisions;
    this.written = new WrittenRows(run.store(), journal);
    this.settling = run.store().settling();
  }

  /** Where it stands before the first look. */
  public static RunActivity.Verifying beginning() {
    return new RunActivity.Verifying(0, CLEAN_LOOKS);
  }

  /** Verifies until everything is in place or the run is stopped. */
  public void verifyAll() throws InterruptedException {
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
        run.activity().verifying(new RunActivity.Verifying(clean, CLEAN_LOOKS));
        if (clean == 0 && ++looks == MOST_LOOKS) {
          run.stop().interrupt(UpgradeCode.OVERWRITTEN_AGAIN_AND_AGAIN.with());
        }
      } catch (InterruptedException e) {
        // A pause ends the waiting too; nothing was lost by it.
        if (run.isStopping()) {
          throw e;
        }
      }
    }
    if (clean >= CLEAN_LOOKS) {
      run.ledger().verified(Verification.VERIFIED);
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
                // Whoever wrote it back has had the last word.
                case RETURNED -> false;
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

  /** The entries as the decision needs them: with what was enriched, or what is taken back. */
  private List<Candidate> candidates(List<EntryProgress> batch) {
    Map<String, EntryProgress> writes = new HashMap<>();
    journal
        .entries()
        .kept(writer, batch.stream().map(EntryProgress::id).toList())
        .forEach(write -> writes.put(write.id(), write));
    List<Candidate> candidates = new ArrayList<>(batch.size());
    for (EntryProgress entry : batch) {
      Candidate candidate = new Candidate(entry);
      EntryProgress write = writes.get(entry.id());
      if (write != null) {
        String enrichment = write.enrichment();
        candidate.restore(enrichment == null ? null : EnrichmentResult.ofJson(enrichment), write);
      }
      candidates.add(candidate);
    }
    return candidates;
  }

  /**
   * Answers how many were not in place under the lock either: without it a row is missed that
   * another program is just replacing.
   */
  private int reapply(List<EntryProgress> batch) throws InterruptedException {
    run.awaitResumed();
    List<Candidate> candidates = candidates(batch);
    AnnouncedBatch again = AnnouncedBatch.again(run, decisions.get(), candidates);
    PatchReport report;
    try {
      report =
          run.store()
              .patch(
                  batch.stream().map(EntryProgress::id).toList(),
                  again,
                  new LockPurpose(LockPurpose.Kind.UPGRADE, run.id(), ++batches));
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (StoreException e) {
      // The next look finds them again.
      LOG.warn("{} rows could not be written again", batch.size(), e);
      return batch.size();
    }
    int open = 0;
    for (Candidate entry : candidates) {
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
