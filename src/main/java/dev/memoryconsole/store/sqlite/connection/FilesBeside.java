package dev.memoryconsole.store.sqlite.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that SQLite keeps beside a database. */
public enum FilesBeside {
  /** The write-ahead log. */
  LOG("-wal"),
  /** What undoes a transaction that was not finished, where there is no log. */
  JOURNAL("-journal");

  private final String suffix;

  FilesBeside(String suffix) {
    this.suffix = suffix;
  }

  /** Returns its path beside a database. */
  public Path of(Path file) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Whether it is there. */
  public boolean isThere(Path file) {
    return Files.exists(of(file));
  }

  /** Whether it is there and not empty; true if that can't be told. */
  public boolean isFilled(Path file) {
    try {
      Path beside = of(file);
      return Files.exists(beside) && Files.size(beside) > 0;
    } catch (IOException unknown) {
      return true;
    }
  }
}
