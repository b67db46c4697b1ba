package dev.memoryconsole.ui.common.text;

import dev.memoryconsole.lock.figures.LockSummary;

/** What a run did with the store's lock, in words. */
public final class LockText {
  private static final double NO_WAIT_MILLIS = 1;

  private final Messages messages;
  private final Times times;

  /** In one language. */
  public LockText(Messages messages, Times times) {
    this.messages = messages;
    this.times = times;
  }

  /** One short sentence. */
  public String sentence(LockSummary lock) {
    if (lock.acquisitions() == 0) {
      return messages.get("lock.none");
    }
    String wait =
        lock.waits().max() < NO_WAIT_MILLIS
            ? messages.get("lock.noWait")
            : messages.get("lock.waited", times.millis(lock.waits().max()));
    return messages.get(
        "lock.sentence", lock.acquisitions(), times.millis(lock.holds().p50()), wait);
  }

  /** The distributions, several lines. */
  public String details(LockSummary lock) {
    return messages.get(
        "lock.details", lock.acquisitions(), line(lock.waits()), line(lock.holds()));
  }

  private String line(LockSummary.Quantiles q) {
    return messages.get(
        "lock.quantiles", times.millis(q.p50()), times.millis(q.p99()), times.millis(q.max()));
  }
}
