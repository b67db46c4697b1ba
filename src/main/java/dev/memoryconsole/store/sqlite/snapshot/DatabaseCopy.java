package dev.memoryconsole.store.sqlite.snapshot;

import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreCode;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.FilesBeside;
import dev.memoryconsole.store.sqlite.connection.Sql;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.connection.StatementWatch;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a consistent copy of a whole database while others write to it, by {@code VACUUM INTO}: one
 * read transaction, no lock, and unlike SQLite's backup interface it never starts over because
 * somebody wrote, and can be given up. Where there is no write-ahead log, a commit of others waits
 * for that read (a few tenths of a second per 100 MB): copying in steps would let it in, but only
 * an unchanged file makes one copy of many steps, and a program that writes often would never see
 * the end of it. For one thread.
 */
public final class DatabaseCopy {
  private static final SqliteCode DOING = SqliteCode.TAKING_SNAPSHOT;
  private static final Logger log = LoggerFactory.getLogger(DatabaseCopy.class);

  private final Path source;
  private final BooleanSupplier closing;
  private final SnapshotProgress progress;
  private long pageSize;
  private long pages;

  /** Copies the database in this file; gives up as soon as {@code closing} holds. */
  public DatabaseCopy(Path source, BooleanSupplier closing, SnapshotProgress progress) {
    this.source = source;
    this.closing = closing;
    this.progress = new ThrottledProgress(progress);
  }

  /** Makes the copy, for its owner's eyes only. */
  public void copy(Path target) throws InterruptedException {
    copy(target, 0);
  }

  /** Makes the copy with pages of another size, in bytes; 0 for the same. */
  public void copy(Path target, long newPageSize) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    create(target);
    boolean whole = false;
    try (Connection connection = Connections.copier(source)) {
      measure(connection);
      requireSpace(target, pages * pageSize);
      vacuum(connection, target, newPageSize);
      flush(target);
      progress.copied(pages, pages);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      whole = true;
    } catch (SQLException failure) {
      throw SqliteFailures.of(
          SqliteFailures.isOfTheDisk(failure) ? target : source, DOING, failure);
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException();
    } catch (IOException failure) {
      throw unwritable(target, failure);
    } finally {
      if (!whole) {
        delete(target);
      }
    }
  }

  private void measure(Connection connection) throws SQLException {
    pageSize = Sql.number(connection, "PRAGMA page_size");
    pages = pages(connection);
  }

  private static long pages(Connection connection) throws SQLException {
    return Sql.number(connection, "PRAGMA page_count")
        - Sql.number(connection, "PRAGMA freelist_count");
  }

  /** Returns about how many bytes a copy of a database has. */
  public static long bytes(Connection connection) throws SQLException {
    return pages(connection) * Sql.number(connection, "PRAGMA page_size");
  }

  private void vacuum(Connection connection, Path target, long newPageSize)
      throws SQLException, InterruptedException {
    if (newPageSize != 0) {
      Connections.set(connection, "page_size = " + newPageSize);
    }
    StatementWatch watch =
        new StatementWatch(
            source,
            closing,
            () -> progress.copied(Math.min(target.toFile().length() / pageSize, pages - 1), pages));
    watch.on(connection);
    try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, target.toString());
      vacuum.execute();
    } catch (SQLException failure) {
      watch.explain(failure);
      throw failure;
    }
  }

  public static void create(Path target) {
    try {
      if (Files.exists(target) && Files.size(target) > 0) {
        throw new StoreException(SqliteCode.COPY_EXISTS.with(target));
      }
      Files.deleteIfExists(target);
      if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            target,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(target);
      }
    } catch (IOException failure) {
      throw unwritable(target, failure);
    }
  }

  private static StoreException unwritable(Path target, IOException failure) {
    return new StoreUnavailableException(SqliteCode.COPY_UNWRITABLE.with(target), failure);
  }

  /**
   * Refuses to begin what can't end well.
   *
   * @param beside a file on the disk in question
   * @param bytes how much will be written to it
   */
  public static void requireSpace(Path beside, long bytes) throws IOException {
    Path parent = beside.toAbsolutePath().getParent();
    Path folder = parent == null ? beside : parent;
    long free = folder.toFile().getUsableSpace();
    if (free < bytes) {
      throw new StoreUnavailableException(
          SqliteCode.COPY_TOO_LARGE.with(StoreCode.taken(bytes), folder, StoreCode.free(free)));
    }
  }

  /** Waits until all of a file is on the disk. */
  public static void flush(Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Removes a copy that nobody needs, and what SQLite may have left beside it. */
  public static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(FilesBeside.JOURNAL.of(copy));
    } catch (IOException failure) {
      log.warn("The unfinished copy {} can't be removed", copy, failure);
    }
  }
}
