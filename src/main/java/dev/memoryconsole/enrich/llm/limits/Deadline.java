package dev.memoryconsole.enrich.llm.limits;

import java.time.Duration;

/** How long one memory may still take. Of one thread. */
public final class Deadline {
  private final Duration whole;
  private long end;

  public Deadline(Duration whole) {
    this.whole = whole;
    this.end = System.nanoTime() + whole.toNanos();
  }

  public Duration whole() {
    return whole;
  }

  public Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  /** Waiting for the rate limit is nobody's fault. */
  public void extend(Duration waited) {
    end += waited.toNanos();
  }
}
