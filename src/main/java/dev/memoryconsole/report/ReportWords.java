package dev.memoryconsole.report;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.message.Message;

/** The words of what the journal has as constants. */
final class ReportWords {
  private ReportWords() {}

  static Message of(EntryState state) {
    return switch (state) {
      case UPGRADED -> ReportCode.UPGRADED.with();
      case FALLBACK -> ReportCode.FELL_BACK.with();
      case MENDED -> ReportCode.MENDED.with();
      case DELETED -> ReportCode.DELETED.with();
      case FAILED -> ReportCode.FAILED.with();
      case STALE -> ReportCode.STALE.with();
      case SKIPPED -> ReportCode.SKIPPED.with();
      case UNDONE -> ReportCode.UNDONE.with();
      case CANCELLED -> ReportCode.CANCELLED.with();
      case QUEUED, ENRICHING, ENRICHED, COMMITTING -> ReportCode.OPEN.with();
    };
  }

  static Message of(RunState state) {
    return switch (state) {
      case RUNNING -> ReportCode.RUN_AT_WORK.with();
      case PAUSED -> ReportCode.RUN_PAUSED.with();
      case COMPLETED -> ReportCode.RUN_DONE.with();
      case CANCELLED -> ReportCode.RUN_CANCELLED.with();
      case INTERRUPTED -> ReportCode.RUN_INTERRUPTED.with();
    };
  }

  /** Nothing to say where nothing has to be verified. */
  static Message of(Verification verification) {
    return switch (verification) {
      case NONE, ENDED -> Message.NONE;
      case PENDING -> ReportCode.NOT_VERIFIED.with();
      case VERIFIED -> ReportCode.VERIFIED.with();
      case SETTLED -> ReportCode.SETTLED.with();
    };
  }
}
