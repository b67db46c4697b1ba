package dev.memoryconsole.settings.look;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the window looks and what it speaks.
 *
 * @param theme null for the system's
 * @param language null for the system's
 * @param textSize in per cent, {@value #SMALLEST} to {@value #LARGEST}; what is beyond becomes that
 */
public record Appearance(@Nullable Theme theme, @Nullable Language language, int textSize) {
  /** The usual size of text, in per cent. */
  public static final int SMALLEST = 100;

  /** The largest text, in per cent. */
  public static final int LARGEST = 200;

  /** The sizes that are offered, in per cent. */
  public static final List<Integer> SIZES = List.of(SMALLEST, 110, 125, 150, 175, LARGEST);

  /** All as the system has it. */
  public static final Appearance USUAL = new Appearance(null, null, SMALLEST);

  /** Bounds the size. */
  public Appearance {
    textSize = Math.clamp(textSize, SMALLEST, LARGEST);
  }

  /** Changes the theme; null for the system's. */
  public Appearance withTheme(@Nullable Theme other) {
    return new Appearance(other, language, textSize);
  }

  /** Changes the language; null for the system's. */
  public Appearance withLanguage(@Nullable Language other) {
    return new Appearance(theme, other, textSize);
  }

  /** Changes the size of text, in per cent. */
  public Appearance withTextSize(int percent) {
    return new Appearance(theme, language, percent);
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
