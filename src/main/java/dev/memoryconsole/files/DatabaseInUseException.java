package dev.memoryconsole.files;

/** A database can't be opened because of what this process has open; the message is a sentence. */
public final class DatabaseInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseInUseException(String sentence) {
    super(sentence);
  }
}
