package dev.memoryconsole.store.lance.format;

import dev.memoryconsole.message.Coded;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of a Lance dataset does not hold what it must. The message names it and says what. */
public final class DamagedFileException extends IOException implements Coded {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial")
  private final Message message;

  /** What is wrong, with the name of the file in it. */
  DamagedFileException(Message message, @Nullable Throwable cause) {
    super(Wording.ENGLISH.of(message), cause);
    this.message = message;
  }

  /** What is wrong with a file: a code that takes its name. */
  DamagedFileException(Path file, LanceCode what) {
    this(file, what, null);
  }

  /** With what told. */
  DamagedFileException(Path file, LanceCode what, @Nullable Throwable cause) {
    this(what.with(file.getFileName()), cause);
  }

  @Override
  public Message message() {
    return message;
  }
}
