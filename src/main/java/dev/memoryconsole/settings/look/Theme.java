package dev.memoryconsole.settings.look;

/** The window's colours. */
public enum Theme {
  LIGHT,
  DARK
}
