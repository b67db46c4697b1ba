package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the empty file of a new store. */
final class NewFile {
  private NewFile() {}

  static void prepare(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(file);
      } else if (Files.isDirectory(file) || Files.size(file) > 0) {
        throw existsAlready(file);
      }
    } catch (IOException failure) {
      throw new StoreException(SqliteCode.NOT_CREATED.with(file), failure);
    }
  }

  static StoreException existsAlready(Path file) {
    return new StoreException(SqliteCode.EXISTS_ALREADY.with(file));
  }
}
