package dev.memoryconsole.upgrade.engine.enrich;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.Marker;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.TextHash;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.CandidateSource;
import dev.memoryconsole.upgrade.engine.run.EnrichmentResult;
import dev.memoryconsole.upgrade.engine.run.ErrorSentence;
import dev.memoryconsole.upgrade.engine.run.KnownAnswers;
import dev.memoryconsole.upgrade.engine.run.OpenEntries;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import dev.memoryconsole.upgrade.pace.BatchPlanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Phase 1: many entries at once on virtual threads, or one after the other where no model is waited
 * for; with no lock held, into a bounded queue. When the queue is full, enrichment waits for the
 * commits.
 */
public final class EnrichPhase implements CandidateSource {
  private static final Logger LOG = LoggerFactory.getLogger(EnrichPhase.class);
  private static final int READ_CHUNK = 100;
  private static final int SMALL_CHUNK = 10;
  private static final int LEAST_QUEUE = 256;
  private static final long LOOK_MILLIS = 1_000;

  private final RunControl run;
  private final boolean instant;
  private final KnownAnswers answers;
  private final Preconditions preconditions;
  private final Permits permits;
  private final BlockingQueue<Candidate> enriched;
  private final OpenQuestions<EntryEnricher.Question> open = new OpenQuestions<>();
  private final EntryEnricher entries;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("enrich-", 0).factory());

  /**
   * Enriches the rows that meet these preconditions.
   *
   * @param answers what need not be asked
   */
  public EnrichPhase(
      RunControl run, Enricher enricher, KnownAnswers answers, Preconditions preconditions) {
    this.run = run;
    this.instant = enricher.isInstant();
    this.answers = answers;
    this.entries = new EntryEnricher(run, enricher, open, this::hand);
    this.preconditions = preconditions;
    this.permits = new Permits(run.options().concurrency());
    this.enriched =
        new ArrayBlockingQueue<>(
            Math.max(LEAST_QUEUE, BatchPlanner.queue(run.options().batching())));
  }

  @Override
  public void feed(OpenEntries left) throws InterruptedException {
    while (!run.isStopping()) {
      run.gate().await();
      List<Candidate> chunk = left.next(chunk());
      if (!chunk.isEmpty()) {
        run.activity().waitForOthers(false);
        begin(chunk);
      } else if (left.mayGrow()) {
        // What others have comes back when they are stopped, or vanish.
        run.activity().waitForOthers(run.ledger().done() == run.ledger().selected());
        Optional<OpenQuestions.Turn<EntryEnricher.Question>> turn = open.next(LOOK_MILLIS);
        if (turn.isPresent()) {
          goOn(turn.get());
        }
      } else {
        run.activity().waitForOthers(false);
        goOn(open.next());
      }
    }
  }

  /**
   * How many are read at a time. Where others share a server with us and are at work, no statement
   * is to keep them waiting for a processor; elsewhere each read has its price.
   */
  private int chunk() {
    boolean small = run.store().isOfAServer() && run.store().otherWriters().active();
    return small ? SMALL_CHUNK : READ_CHUNK;
  }

  private void begin(List<Candidate> chunk) throws InterruptedException {
    run.gate().await();
    List<Candidate> fresh = handRestored(chunk);
    Map<String, MemoryEntry> rows = new HashMap<>();
    run.store()
        .find(fresh.stream().map(Candidate::id).toList())
        .forEach(row -> rows.put(row.id(), row));
    long readAt = System.nanoTime();
    for (Candidate candidate : fresh) {
      MemoryEntry row = rows.get(candidate.id());
      if (instant) {
        run.gate().await();
        guarded(() -> work(candidate, row, readAt));
      } else {
        submit(() -> work(candidate, row, readAt));
      }
    }
  }

  private void goOn(OpenQuestions.Turn<EntryEnricher.Question> turn) throws InterruptedException {
    if (turn.isFinal()) {
      entries.fail(turn.question());
    } else {
      submit(() -> entries.askAgain(turn.question()));
    }
  }

  /** Hands over what was enriched before the run was stopped; answers the others. */
  private List<Candidate> handRestored(List<Candidate> chunk) throws InterruptedException {
    Map<String, Candidate> enrichedBefore = new HashMap<>();
    List<Candidate> fresh = new ArrayList<>(chunk.size());
    for (Candidate candidate : chunk) {
      if (candidate.state() == EntryState.QUEUED) {
        fresh.add(candidate);
      } else {
        enrichedBefore.put(candidate.id(), candidate);
      }
    }
    if (!enrichedBefore.isEmpty()) {
      for (EntryProgress kept : run.ledger().kept(enrichedBefore.keySet())) {
        Candidate candidate = Objects.requireNonNull(enrichedBefore.get(kept.id()));
        candidate.restore(EnrichmentResult.ofJson(Objects.requireNonNull(kept.enrichment())), kept);
        enriched.put(candidate);
      }
    }
    return fresh;
  }

  /** Starts work, waiting first for one of the places if all are taken. */
  private void submit(Work work) throws InterruptedException {
    permits.acquire();
    run.gate().await();
    open.begin();
    workers.execute(
        () -> {
          try {
            guarded(work);
          } finally {
            permits.release();
            open.end();
          }
        });
  }

  @Override
  public void again(Candidate candidate, MemoryEntry row) {
    if (run.isStopping()) {
      return;
    }
    open.begin();
    long readAt = System.nanoTime();
    try {
      workers.execute(() -> enrichAgain(candidate, row, readAt));
    } catch (RejectedExecutionException stopped) {
      LOG.debug("{} is not enriched anew: the run was stopped", candidate.id(), stopped);
    }
  }

  private void enrichAgain(Candidate candidate, MemoryEntry row, long readAt) {
    try {
      permits.acquire();
      try {
        run.gate().await();
        guarded(() -> work(candidate, row, readAt));
      } finally {
        permits.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.end();
    }
  }

  private void guarded(Work work) {
    if (run.isStopping()) {
      return;
    }
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Anything else would leave the entry without an outcome and the run without an end.
      LOG.error("Enriching an entry ended unexpectedly", e);
      run.stop().interrupt(ErrorSentence.of(e));
    }
  }

  private void work(Candidate candidate, @Nullable MemoryEntry row, long readAt)
      throws InterruptedException {
    if (row != null && skip(candidate, row)) {
      return;
    }
    candidate.begin(row, run.clock().millis(), readAt);
    run.ledger()
        .append(
            EntryChange.enriching(
                candidate.position(),
                candidate.title(),
                candidate.attempt(),
                candidate.startedAt()));
    if (row == null) {
      // Absence without the lock means nothing: phase 2 looks again under it.
      hand(candidate, null, null);
      return;
    }
    Optional<EnrichmentResult> known = answers.take(row);
    if (known.isPresent()) {
      hand(candidate, row, known.get());
    } else {
      entries.ask(new EntryEnricher.Question(candidate, row));
    }
  }

  private boolean skip(Candidate candidate, MemoryEntry row) {
    Message flaw = row.flaw();
    if (flaw != null) {
      candidate.see(row);
      run.ledger().finish(candidate, EntryState.FAILED, UpgradeCode.ROW_UNREADABLE.with(flaw));
      return true;
    }
    Optional<Message> refusal = preconditions.refusal(row);
    if (refusal.isEmpty() && candidate.isLeftOut()) {
      refusal = Optional.of(UpgradeCode.NOT_COUNTED.with());
    }
    return refusal
        .map(
            reason -> {
              candidate.see(row);
              run.ledger().finish(candidate, EntryState.SKIPPED, reason);
              return true;
            })
        .orElse(false);
  }

  private void hand(
      Candidate candidate, @Nullable MemoryEntry row, @Nullable EnrichmentResult result)
      throws InterruptedException {
    candidate.enriched(result);
    if (row != null && result != null) {
      EntryChange change =
          EntryChange.enriched(candidate.position(), TextHash.of(row.text()), result.json());
      if (result.by().equals(Marker.SIMPLE) && result.error() == null) {
        // Costs nothing to make again, so it may reach the disk with the next write.
        run.ledger().append(change);
      } else {
        run.ledger().write(List.of(change));
      }
    }
    enriched.put(candidate);
  }

  @Override
  public @Nullable Candidate poll(long millis) throws InterruptedException {
    return enriched.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void concurrency(int places) {
    permits.limit(places);
  }

  @Override
  public int concurrency() {
    return permits.limit();
  }

  @Override
  public void stop() {
    workers.shutdownNow();
  }

  @Override
  public void close() {
    workers.shutdownNow();
    workers.close();
  }

  private interface Work {
    void run() throws InterruptedException;
  }
}
