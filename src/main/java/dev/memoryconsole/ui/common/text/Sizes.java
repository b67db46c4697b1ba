package dev.memoryconsole.ui.common.text;

/** How large something is, in words. Immutable. */
public record Sizes(Messages messages) {
  private static final double KILO = 1_000;
  private static final double MEGA = 1_000_000;
  private static final double GIGA = 1_000_000_000;

  /** For example {@code 812 B}, {@code 48 kB}, {@code 1.2 MB}, {@code 1.5 GB}. */
  public String of(long bytes) {
    if (bytes < KILO) {
      return messages.get("size.b", bytes);
    }
    if (bytes < MEGA) {
      return messages.get("size.kb", Math.ceil(bytes / KILO));
    }
    return bytes < GIGA
        ? messages.get("size.mb", bytes / MEGA)
        : messages.get("size.gb", bytes / GIGA);
  }
}
