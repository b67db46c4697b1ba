package dev.memoryconsole.ui.locks;

/** How far back the screen looks. */
enum Span {
  MINUTE(60_000L, 500, "locks.span.minute", "locks.inLast.minute"),
  FIVE_MINUTES(300_000L, 500, "locks.span.fiveMinutes", "locks.inLast.fiveMinutes"),
  HOUR(3_600_000L, 2_000, "locks.span.hour", "locks.inLast.hour"),
  DAY(86_400_000L, 10_000, "locks.span.day", "locks.inLast.day");

  private final long millis;
  private final long everyMillis;
  private final String key;
  private final String inTheLast;

  Span(long millis, long everyMillis, String key, String inTheLast) {
    this.millis = millis;
    this.everyMillis = everyMillis;
    this.key = key;
    this.inTheLast = inTheLast;
  }

  long millis() {
    return millis;
  }

  /** How often its figures are read anew: the longer it is, the less they change. */
  long everyMillis() {
    return everyMillis;
  }

  /** The id of its button. */
  String id() {
    return "span" + millis / 60_000;
  }

  /** The key of the words on its button. */
  String key() {
    return key;
  }

  /** The key of the words that begin a sentence about it. */
  String inTheLast() {
    return inTheLast;
  }
}
