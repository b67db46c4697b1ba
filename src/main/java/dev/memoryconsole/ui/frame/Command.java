package dev.memoryconsole.ui.frame;

import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Something the window can do, by its key or from the palette.
 *
 * @param kind what it is about
 * @param name in the window's language
 * @param key the key that does it; null if none does
 * @param available whether it can be done now
 * @param action does it
 */
public record Command(
    Kind kind,
    String name,
    @Nullable KeyCombination key,
    BooleanSupplier available,
    Runnable action) {
  /** What a command is about, in the order in which they are listed. */
  public enum Kind {
    /** Goes to a screen. */
    SCREEN,
    /** Does something. */
    ACTION,
    /** Opens a store. */
    STORE,
    /** Goes to a part of the settings. */
    SETTING
  }

  /** Something that can always be done, and has no key. */
  public Command(Kind kind, String name, Runnable action) {
    this(kind, name, null, () -> true, action);
  }

  /** A key with Ctrl, or Cmd on a Mac. */
  public static KeyCombination ctrl(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
  }

  /** A key with Ctrl and Shift, or Cmd and Shift on a Mac. */
  public static KeyCombination ctrlShift(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  }

  /** The key as it is written; empty if there is none. */
  public String keyWords() {
    return key == null ? "" : key.getDisplayText();
  }
}
