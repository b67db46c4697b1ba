package dev.memoryconsole.settings;

/** There is no key where it should be. The message is one sentence and never holds a key. */
public final class KeyNotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says where a key was expected, in one sentence. */
  public KeyNotFoundException(String message) {
    super(message);
  }
}
