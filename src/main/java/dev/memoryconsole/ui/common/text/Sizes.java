package dev.memoryconsole.ui.common.text;

/** How large something is, in words. Immutable. */
public record Sizes(Messages messages) {
  private static final double KILO = 1_000;
  private static final double MEGA = 1_000_000;

  /** For example {@code 812 B}, {@code 48 kB}, {@code 1.2 MB}. */
  public String of(long bytes) {
    if (bytes < KILO) {
      return messages.get("size.b", bytes);
    }
    return bytes < MEGA
        ? messages.get("size.kb", Math.ceil(bytes / KILO))
        : messages.get("size.mb", bytes / MEGA);
  }
}
