package dev.memoryconsole.ui.locks.chart;

/**
 * The stretch of time on screen, in microseconds since 1970. Not thread-safe; changes in place, so
 * that dragging makes no objects.
 */
final class TimeWindow {
  static final double SHORTEST = 200;
  static final double LONGEST = 8 * 24 * 3_600_000_000.0;

  private double from;
  private double length;

  TimeWindow(double from, double length) {
    set(from, length);
  }

  /** Shows what begins at {@code from}; the length is brought within its bounds. */
  void set(double from, double length) {
    this.length = Math.clamp(length, SHORTEST, LONGEST);
    this.from = from;
  }

  double from() {
    return from;
  }

  double to() {
    return from + length;
  }

  double length() {
    return length;
  }

  /** Ends at {@code to}, as long as it was. */
  void endAt(double to) {
    from = to - length;
  }

  /** Moves by a share of its own length, later if positive. */
  void pan(double share) {
    from += share * length;
  }

  /**
   * Makes it {@code factor} times as long and leaves the moment at {@code share} of it in place.
   */
  void zoom(double factor, double share) {
    double fixed = from + share * length;
    length = Math.clamp(length * factor, SHORTEST, LONGEST);
    from = fixed - share * length;
  }

  /** Where a moment is on a line of this width. */
  double x(double time, double width) {
    return (time - from) / length * width;
  }

  /** The moment at a place on a line of this width. */
  double time(double x, double width) {
    return from + x / width * length;
  }
}
