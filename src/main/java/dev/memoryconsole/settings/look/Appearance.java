package dev.memoryconsole.settings.look;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the window begins, looks and speaks.
 *
 * @param theme null for the system's
 * @param language null for the system's
 * @param textSize in per cent, {@value #SMALLEST} to {@value #LARGEST}; what is beyond becomes that
 * @param reopens whether it begins with the store that was opened last
 */
public record Appearance(
    @Nullable Theme theme, @Nullable Language language, int textSize, boolean reopens) {
  /** The usual size of text, in per cent. */
  public static final int SMALLEST = 100;

  /** The largest text, in per cent. */
  public static final int LARGEST = 200;

  /** The sizes that are offered, in per cent. */
  public static final List<Integer> SIZES = List.of(SMALLEST, 110, 125, 150, 175, LARGEST);

  /** All as the system has it. */
  public static final Appearance USUAL = new Appearance(null, null, SMALLEST, true);

  /** Bounds the size. */
  public Appearance {
    textSize = Math.clamp(textSize, SMALLEST, LARGEST);
  }

  /** Changes the theme; null for the system's. */
  public Appearance withTheme(@Nullable Theme other) {
    return new Appearance(other, language, textSize, reopens);
  }

  /** Changes the language; null for the system's. */
  public Appearance withLanguage(@Nullable Language other) {
    return new Appearance(theme, other, textSize, reopens);
  }

  /** Changes the size of text, in per cent. */
  public Appearance withTextSize(int percent) {
    return new Appearance(theme, language, percent, reopens);
  }

  /** Changes whether it begins with the store that was opened last. */
  public Appearance withReopens(boolean last) {
    return new Appearance(theme, language, textSize, last);
  }

  /** The next larger size that is offered, or the next smaller one; the same at the end. */
  public Appearance stepped(boolean larger) {
    List<Integer> order = larger ? SIZES : SIZES.reversed();
    return withTextSize(
        order.stream()
            .filter(size -> larger ? size > textSize : size < textSize)
            .findFirst()
            .orElse(textSize));
  }
}
