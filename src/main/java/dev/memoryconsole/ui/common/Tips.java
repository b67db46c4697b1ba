package dev.memoryconsole.ui.common;

import javafx.scene.control.Tooltip;
import javafx.util.Duration;

/** What a control says when the mouse rests on it: never wider or higher than a screen. */
public final class Tips {
  private static final Duration DELAY = Duration.millis(500);
  private static final double WIDTH = 480;
  // Whatever is longer is read elsewhere, where it can be scrolled.
  private static final int LONGEST = 700;

  private Tips() {}

  /** Nothing to say yet; {@link #say} is how it is told what. */
  public static Tooltip empty() {
    Tooltip tip = new Tooltip();
    tip.setWrapText(true);
    tip.setMaxWidth(WIDTH);
    tip.setShowDelay(DELAY);
    return tip;
  }

  /** Says this. */
  public static Tooltip of(String words) {
    Tooltip tip = empty();
    say(tip, words);
    return tip;
  }

  /** Has it say something else. */
  public static void say(Tooltip tip, String words) {
    boolean fits = words.length() <= LONGEST;
    int end = fits || !Character.isHighSurrogate(words.charAt(LONGEST - 1)) ? LONGEST : LONGEST - 1;
    tip.setText(fits ? words : words.substring(0, end) + "…");
  }
}
