package dev.memoryconsole.store.lance.format;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of a Lance dataset does not hold what it must. The message names it and says what. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with a file, to follow its name. */
  public DamagedFileException(Path file, String what) {
    this(file, what, null);
  }

  /** With what told. */
  public DamagedFileException(Path file, String what, @Nullable Throwable cause) {
    super(file.getFileName() + " " + what, cause);
  }
}
