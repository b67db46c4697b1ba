package dev.memoryconsole.ui.common;

import javafx.scene.control.ButtonBase;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Icons and the words that go with them. */
public final class Icons {
  private Icons() {}

  /** An icon of the usual size. */
  public static FontIcon of(Feather icon) {
    return new FontIcon(icon);
  }

  /** Gives a button that shows only an icon its words: a tooltip and its accessible text. */
  public static void name(ButtonBase button, String words) {
    button.setTooltip(Tips.of(words));
    button.setAccessibleText(words);
  }
}
