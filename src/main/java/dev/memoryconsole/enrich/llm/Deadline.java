package dev.memoryconsole.enrich.llm;

import java.time.Duration;

/** How long one memory may still take. Of one thread. */
final class Deadline {
  private final Duration whole;
  private long end;

  Deadline(Duration whole) {
    this.whole = whole;
    this.end = System.nanoTime() + whole.toNanos();
  }

  Duration whole() {
    return whole;
  }

  Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  /** Waiting for the rate limit is nobody's fault. */
  void extend(Duration waited) {
    end += waited.toNanos();
  }
}
