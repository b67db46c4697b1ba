package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.team.TeamJournal;
import dev.memoryconsole.journal.team.TeamPart;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamRuns;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.ids.IdSet;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.KnownAnswers;
import dev.memoryconsole.upgrade.engine.run.OpenEntries;
import dev.memoryconsole.upgrade.engine.run.RunBeginning;
import dev.memoryconsole.upgrade.pace.StorePacing;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shares runs, and makes the parts that this console has in them. Thread-safe. */
final class SharedWork {
  private static final Logger LOG = LoggerFactory.getLogger(SharedWork.class);
  // What is taken and not begun the others could do; without a model nothing takes long.
  private static final int TAKEN_PER_PLACE = 2;
  private static final int TAKEN_WITHOUT_MODEL = 500;

  private final MemoryStore store;
  private final Journal journal;
  private final @Nullable TeamRuns team;
  private final Enrichers enrichers;
  private final KnownAnswers answers;
  private final StorePacing pacing;
  private final Clock clock;

  SharedWork(
      MemoryStore store,
      Journal journal,
      Enrichers enrichers,
      KnownAnswers answers,
      StorePacing pacing,
      Clock clock) {
    this.store = store;
    this.journal = journal;
    this.team = journal instanceof TeamJournal shared ? shared.team() : null;
    this.enrichers = enrichers;
    this.answers = answers;
    this.pacing = pacing;
    this.clock = clock;
  }

  Optional<TeamRuns> runs() {
    return Optional.ofNullable(team);
  }

  private TeamRuns required() {
    if (team == null) {
      throw new UpgradeException(UpgradeCode.NO_SHARED_RUNS.with(store.kind()));
    }
    return team;
  }

  long share(PlannedRun plan, UpgradeOptions wished, TeamTerms terms) {
    TeamRuns runs = required();
    UpgradeOptions options = wished.on(store).withScopes(plan.scopes());
    refuseSwaps(options);
    RunSelection.refuseIfReadOnly(store);
    return runs.share(
        new RunPlan(
            store.location().key(),
            plan.kind(),
            enrichers.name(),
            options.recordedRows(),
            options.onFailure().name(),
            options.scopes(),
            null,
            IdSet.copyOf(plan.ids()).list()),
        terms,
        clock.millis());
  }

  /** Two who swap the same row could each take its write for the other's. */
  private static void refuseSwaps(UpgradeOptions options) {
    if (options.commit() == CommitMode.CAS) {
      throw new UpgradeException(UpgradeCode.SHARED_NEEDS_BATCHES.with());
    }
  }

  /** A part in a run, which is still to be started. */
  UpgradeRun part(long run, UpgradeOptions wished) {
    TeamRun shared =
        required()
            .find(run)
            .orElseThrow(() -> new UpgradeException(UpgradeCode.NO_SUCH_RUN.with(run)));
    RunRecord record = shared.record();
    UpgradeOptions options = wished.on(store).withScopes(record.scopes()).withSnapshot(false);
    refuseSwaps(options);
    if (!record.enricher().equals(enrichers.name())) {
      throw new UpgradeException(
          UpgradeCode.OTHER_ENRICHER.with(run, record.enricher(), enrichers.name()));
    }
    AtomicReference<@Nullable UpgradeRun> begun = new AtomicReference<>();
    TeamPart part = required().join(run, new Wishes(begun));
    try {
      Enricher enricher = enrichers.open(part.allowance());
      UpgradeRun made =
          new UpgradeRun(
              new RunBeginning(
                  run,
                  record.kind(),
                  null,
                  OpenEntries.shared(
                      most -> part.take(most).stream().map(Candidate::new).toList(),
                      atOnce(options),
                      part::isLast),
                  Map.of(),
                  0,
                  ModelUsage.NONE,
                  null),
              store,
              journal,
              enricher,
              answers,
              SnapshotTaker.NONE,
              options,
              () -> part.marker(clock.millis()),
              pacing,
              clock);
      begun.set(made);
      return made;
    } catch (RuntimeException e) {
      journal.runs().release(run);
      throw e;
    }
  }

  private int atOnce(UpgradeOptions options) {
    return enrichers.name().equals(Marker.SIMPLE)
        ? TAKEN_WITHOUT_MODEL
        : TAKEN_PER_PLACE * options.concurrency();
  }

  /** Does in this console's part what the admin wants of the whole run. */
  private record Wishes(AtomicReference<@Nullable UpgradeRun> part) implements TeamRuns.Listener {
    @Override
    public void beat() {
      UpgradeRun run = part.get();
      if (run != null) {
        try {
          run.noteFigures();
        } catch (JournalException e) {
          LOG.warn("The figures of a part were not written: {}", e.getMessage());
        }
      }
    }

    @Override
    public void pause(boolean resting) {
      UpgradeRun run = part.get();
      if (run != null) {
        run.restWithOthers(resting);
      }
    }

    @Override
    public void stop() {
      UpgradeRun run = part.get();
      if (run != null) {
        run.cancel();
      }
    }
  }
}
