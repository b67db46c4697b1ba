package dev.memoryconsole.upgrade.engine.enrich;

import dev.memoryconsole.enrich.BudgetExceededException;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.EnrichmentResult;
import dev.memoryconsole.upgrade.engine.run.ErrorSentence;
import dev.memoryconsole.upgrade.engine.run.RunControl;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the model, and tells an entry's own failure from the endpoint's: a failure is an entry's
 * outcome only when the endpoint proved to be there for another one, see {@link OpenQuestions}.
 * Thread-safe.
 */
final class EntryEnricher {
  private static final Logger LOG = LoggerFactory.getLogger(EntryEnricher.class);
  // An entry that makes the model unavailable every time, though others are answered meanwhile, is
  // the reason itself.
  private static final int MOST_PROBES = 3;
  // Asked about where no other entry is left to show that the endpoint is there.
  private static final MemoryEntry INVENTED =
      new MemoryEntry(
          "", "The user prefers short answers.", "preference", "global", 0.5, 1L, null, 1);

  private final RunControl run;
  private final Enricher enricher;
  private final OpenQuestions<Question> open;
  private final Hand hand;

  /** Takes what phase 2 is to write. */
  interface Hand {
    void over(Candidate candidate, MemoryEntry row, EnrichmentResult result)
        throws InterruptedException;
  }

  EntryEnricher(RunControl run, Enricher enricher, OpenQuestions<Question> open, Hand hand) {
    this.run = run;
    this.enricher = enricher;
    this.open = open;
    this.hand = hand;
  }

  /** Asks the model about an entry, and hands over what came of it as soon as that is final. */
  void ask(Question question) throws InterruptedException {
    try {
      EnrichmentResult result = EnrichmentResult.of(enricher.enrich(question.row), enricher.name());
      List<Question> settled = open.answered();
      hand.over(question.candidate, question.row, result);
      for (Question failed : settled) {
        fail(failed);
      }
    } catch (BudgetExceededException e) {
      run.stop().interrupt(ErrorSentence.of(e));
    } catch (ModelUnavailableException e) {
      question.failure = e;
      unavailable(question, e);
    } catch (EnrichmentException e) {
      question.failure = e;
      open.withhold(question);
    }
  }

  private void unavailable(Question question, ModelUnavailableException e)
      throws InterruptedException {
    if (e.wasAsked()) {
      if (question.timesUnavailable == 0) {
        question.answersBefore = open.answers();
      }
      question.timesUnavailable++;
      if (question.isSuspect() && open.answers() > question.answersBefore) {
        fail(question);
        return;
      }
    }
    // In this order: nobody asks again before the gate is closed.
    run.waitForModel(e);
    open.putBack(question);
  }

  /** Asks about one that has waited for the endpoint. */
  void askAgain(Question question) throws InterruptedException {
    if (question.isSuspect() && open.answers() == question.answersBefore && !isThere(question)) {
      return;
    }
    ask(question);
  }

  /** Asks about something harmless; a question that has to wait for the endpoint is put back. */
  private boolean isThere(Question waiting) throws InterruptedException {
    try {
      enricher.enrich(INVENTED);
      for (Question failed : open.answered()) {
        fail(failed);
      }
      return true;
    } catch (BudgetExceededException e) {
      run.stop().interrupt(ErrorSentence.of(e));
      return false;
    } catch (ModelUnavailableException e) {
      run.waitForModel(e);
      open.putBack(waiting);
      return false;
    } catch (EnrichmentException e) {
      LOG.debug("The endpoint is there: {}", e.getMessage());
      open.reached();
      return true;
    }
  }

  /** The failure is the entry's own. */
  void fail(Question question) throws InterruptedException {
    EnrichmentException failure = Objects.requireNonNull(question.failure);
    EnrichmentResult result = failed(question.candidate, question.row, failure);
    if (result != null) {
      hand.over(question.candidate, question.row, result);
    }
  }

  /** What stands in for the model's answer; null if the entry has its outcome already. */
  private @Nullable EnrichmentResult failed(
      Candidate candidate, MemoryEntry row, EnrichmentException failure) {
    LOG.info("{} could not be enriched: {}", candidate.id(), failure.getMessage());
    Message reason = ErrorSentence.of(failure);
    if (run.kind() != RunKind.UPGRADE && LegacyRule.stateOf(row) != MemoryState.LEGACY) {
      run.ledger().finish(candidate, EntryState.FALLBACK, UpgradeCode.RETRY_FAILED.with(reason));
      return null;
    }
    return switch (run.options().onFailure()) {
      case FALLBACK -> EnrichmentResult.fallback(reason);
      case LEAVE -> {
        run.ledger().finish(candidate, EntryState.FAILED, UpgradeCode.ROW_UNTOUCHED.with(reason));
        yield null;
      }
    };
  }

  /** An entry that the model is asked about; owned by one thread at a time. */
  static final class Question {
    private final Candidate candidate;
    private final MemoryEntry row;
    private @Nullable EnrichmentException failure;
    private int timesUnavailable;
    private long answersBefore;

    Question(Candidate candidate, MemoryEntry row) {
      this.candidate = candidate;
      this.row = row;
    }

    private boolean isSuspect() {
      return timesUnavailable >= MOST_PROBES;
    }
  }
}
