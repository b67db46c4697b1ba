package dev.memoryconsole.ui.common.text;

import dev.memoryconsole.upgrade.pace.BatchPace;

/** What a run's batches do and why, in words. */
public final class PaceText {
  private final Messages messages;
  private final Times times;

  /** In one language. */
  public PaceText(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
  }

  /** A few words. */
  public String brief(BatchPace pace) {
    return pace.reason() == BatchPace.Reason.ONE_BY_ONE
        ? messages.get("pace.briefOne")
        : messages.get("pace.brief", rows(pace));
  }

  /** One sentence: the size, and the reason for it. */
  public String sentence(BatchPace pace) {
    return messages.get(
        switch (pace.reason()) {
          case FIXED -> "pace.fixed";
          case STARTING -> "pace.starting";
          case GROWING -> "pace.growing";
          case STEADY -> "pace.steady";
          case SLOWER -> "pace.slower";
          case OVER_THE_BOUND -> "pace.over";
          case AMONG_OTHERS -> "pace.others";
          case WRITER_WAITING -> "pace.waiting";
          case BOUND_TOO_LOW -> "pace.tooLow";
          case LARGEST -> "pace.largest";
          case ONE_BY_ONE -> "pace.oneByOne";
        },
        rows(pace),
        times.millis(pace.maxHoldMillis()),
        times.millis(pace.lastHoldMillis()));
  }

  private String rows(BatchPace pace) {
    return messages.numbers().whole(pace.rows());
  }
}
