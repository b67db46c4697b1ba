package dev.memoryconsole.enrich.llm.limits;

import java.time.Duration;

/** How long one memory may still take. Confined to one thread. */
public final class Deadline {
  private final Duration whole;
  private long end;

  /** Begins now. */
  public Deadline(Duration whole) {
    this.whole = whole;
    this.end = System.nanoTime() + whole.toNanos();
  }

  /** The time there was at the beginning. */
  public Duration whole() {
    return whole;
  }

  /** What is left of it; negative when it has passed. */
  public Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  /** Adds what was waited for the rate limit: that is nobody's fault. */
  public void extend(Duration waited) {
    end += waited.toNanos();
  }
}
