package dev.memoryconsole.store.sqlite.inspection;

import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.FileAccess;
import dev.memoryconsole.store.sqlite.connection.FilesBeside;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Looks at a file before it is opened as a store, and refuses what is none. Leaves no trace:
 * neither in the file nor beside it. Reads the file itself only as long as nobody in this process
 * has it open.
 */
public final class FileInspection {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  // https://sqlite.org/fileformat.html, "The Database Header"
  private static final int HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int READ_VERSION_AT = 19;
  private static final int CHANGES_AT = 24;
  private static final int PAGES_AT = 28;
  private static final int VALID_FOR_AT = 92;
  private static final int WAL = 2;
  private static final int LARGEST_PAGE = 65_536;

  private FileInspection() {}

  /**
   * Refuses, with a sentence, everything that is not a store this program can work with.
   *
   * @return what may be done with the file
   * @throws StoreException if it is refused
   */
  public static FileAccess of(Path file) {
    if (Files.isDirectory(file)) {
      throw new StoreException(SqliteCode.IS_A_FOLDER.with(file));
    }
    if (!Files.exists(file)) {
      throw new StoreException(SqliteCode.NO_FILE.with(file));
    }
    boolean[] needsLog = new boolean[1];
    if (!OpenDatabases.whileClosed(file, () -> needsLog[0] = look(file))) {
      // Its bytes are read by SQLite alone as long as it is open in this process.
      schema(file, false);
    }
    if (!isWritable(file)) {
      return needsLog[0] ? FileAccess.READ_ONLY_AND_LOGGED : FileAccess.READ_ONLY;
    }
    return FilesBeside.LOG.isFilled(file) ? FileAccess.WRITABLE_WITH_A_LOG : FileAccess.WRITABLE;
  }

  /** Whether the file needs a write-ahead log. */
  private static boolean look(Path file) {
    byte[] header = read(file);
    if (!hasMagic(header)) {
      throw new StoreException(SqliteCode.NOT_A_DATABASE.with(file));
    }
    boolean unfinished = FilesBeside.LOG.isFilled(file) || FilesBeside.JOURNAL.isFilled(file);
    if (!unfinished) {
      complete(file, header);
    }
    boolean logged = header.length > READ_VERSION_AT && header[READ_VERSION_AT] == WAL;
    if (!FilesBeside.JOURNAL.isFilled(file)) {
      schema(file, logged && !unfinished);
    }
    return logged;
  }

  private static byte[] read(Path file) {
    try {
      return header(file);
    } catch (AccessDeniedException denied) {
      throw new StoreException(SqliteCode.MAY_NOT_READ.with(file), denied);
    } catch (IOException failure) {
      throw new StoreException(SqliteCode.NOT_READ.with(file), failure);
    }
  }

  private static byte[] header(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEADER);
    }
  }

  private static boolean hasMagic(byte[] header) {
    return header.length >= MAGIC.length
        && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  private static boolean isWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return Files.isWritable(file) && (folder == null || Files.isWritable(folder));
  }

  // SQLite itself would notice only when it comes to read a page that is not there.
  private static void complete(Path file, byte[] header) {
    boolean damaged = header.length < HEADER;
    if (!damaged) {
      ByteBuffer fields = ByteBuffer.wrap(header);
      int pageSize = Short.toUnsignedInt(fields.getShort(PAGE_SIZE_AT));
      long size = (pageSize == 1 ? LARGEST_PAGE : pageSize) * 1L;
      boolean countIsValid = fields.getInt(CHANGES_AT) == fields.getInt(VALID_FOR_AT);
      long pages = Integer.toUnsignedLong(fields.getInt(PAGES_AT));
      damaged = countIsValid && file.toFile().length() < pages * size;
    }
    if (damaged) {
      throw new StoreException(SqliteCode.END_MISSING.with(file));
    }
  }

  private static void schema(Path file, boolean immutable) {
    try (Connection connection = Connections.inspector(file, immutable)) {
      TableChecks.accept(file, connection);
    } catch (SQLException failure) {
      throw SqliteFailures.of(file, SqliteCode.OPENING, failure);
    }
  }
}
