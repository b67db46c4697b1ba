package dev.memoryconsole.ui.common;

/** The window's colours. */
public enum Theme {
  LIGHT,
  DARK;

  /** The other one. */
  public Theme other() {
    return this == LIGHT ? DARK : LIGHT;
  }
}
