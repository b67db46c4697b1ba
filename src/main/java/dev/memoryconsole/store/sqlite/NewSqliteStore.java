package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.files.FileMutex;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.RealPaths;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.connection.SqliteFailures;
import dev.memoryconsole.store.sqlite.connection.StatementWatch;
import dev.memoryconsole.store.sqlite.schema.StoreFill;
import dev.memoryconsole.store.sqlite.snapshot.DatabaseCopy;
import dev.memoryconsole.store.sqlite.write.RowAdder;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is made of many rows at one go, in a folder beside its place: first the rows alone,
 * then all that is derived from them, each index in its own order. Row by row, every index would be
 * written again and again. Nobody has it open meanwhile, so that it needs no log and no lock; a
 * kill leaves the folder, which the next one for the same place removes.
 *
 * <p>For one thread.
 */
public final class NewSqliteStore implements NewStore {
  private static final String FOLDER = ".making";
  private static final String LOCK = "lock";
  private static final String STORE = "store.db";
  private static final Logger log = LoggerFactory.getLogger(NewSqliteStore.class);

  private final Path place;
  private final Path folder;
  private final FileMutex mutex;
  private final StatementWatch watch;
  private final Connection connection;
  private final RowAdder rows;
  private boolean closed;

  private NewSqliteStore(Path place, Path folder, FileMutex mutex, Connection connection)
      throws SQLException {
    this.place = place;
    this.folder = folder;
    this.mutex = mutex;
    this.connection = connection;
    watch = new StatementWatch(place, () -> false, () -> {});
    watch.on(connection);
    StoreFill.begin(connection);
    rows = new RowAdder(connection);
  }

  /**
   * Begins a store; waits for who makes one at the same place.
   *
   * @throws StoreException if there is something already, or nothing can be made there
   */
  public static NewSqliteStore begin(Path file) throws InterruptedException {
    Path place = RealPaths.of(file);
    Path folder = place.resolveSibling("." + place.getFileName() + FOLDER);
    FileMutex mutex = null;
    Connection connection = null;
    try {
      refuseIfThere(place);
      mutex = alone(folder);
      refuseIfThere(place);
      sweep(folder);
      Path made = folder.resolve(STORE);
      NewFile.prepare(made);
      connection = Connections.scratch(made);
      NewSqliteStore begun = new NewSqliteStore(place, folder, mutex, connection);
      connection = null;
      mutex = null;
      return begun;
    } catch (IOException | SQLException failure) {
      throw new StoreException(SqliteCode.NOT_CREATED.with(place), failure);
    } finally {
      abandon(folder, mutex, connection);
    }
  }

  private static void refuseIfThere(Path place) {
    if (Files.exists(place)) {
      throw NewFile.existsAlready(place);
    }
  }

  // Whoever had the folder before may remove it just now.
  private static FileMutex alone(Path folder) throws IOException, InterruptedException {
    while (true) {
      Files.createDirectories(folder);
      try {
        return FileMutex.lock(folder.resolve(LOCK));
      } catch (NoSuchFileException removed) {
        log.debug("The folder {} is gone again", folder, removed);
      }
    }
  }

  private static void sweep(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path left : files.toList()) {
        if (!left.endsWith(LOCK)) {
          Files.deleteIfExists(left);
        }
      }
    }
  }

  @Override
  public InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException {
    try {
      return rows.add(List.copyOf(entries), existing);
    } catch (SQLException failure) {
      watch.explain(failure);
      throw SqliteFailures.of(place, SqliteCode.ADDING, failure);
    }
  }

  @Override
  public void finish() throws InterruptedException {
    Path made = folder.resolve(STORE);
    try {
      StoreFill.finish(connection);
      connection.close();
      DatabaseCopy.flush(made);
      move(made);
    } catch (SQLException failure) {
      watch.explain(failure);
      throw SqliteFailures.of(place, SqliteCode.ADDING, failure);
    } catch (FileAlreadyExistsException somebodyElses) {
      throw NewFile.existsAlready(place);
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException();
    } catch (IOException failure) {
      throw new StoreException(SqliteCode.NOT_CREATED.with(place), failure);
    } finally {
      close();
    }
  }

  // A link is made only where nothing is; to move would replace what somebody made meanwhile.
  private void move(Path made) throws IOException {
    try {
      Files.createLink(place, made);
    } catch (FileAlreadyExistsException somebodyElses) {
      throw somebodyElses;
    } catch (IOException | UnsupportedOperationException noLinks) {
      Files.move(made, place);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      abandon(folder, mutex, connection);
    }
  }

  private static void abandon(
      Path folder, @Nullable FileMutex mutex, @Nullable Connection connection) {
    try (FileMutex lock = mutex) {
      if (connection != null) {
        connection.close();
      }
      if (lock != null) {
        sweep(folder);
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
      }
    } catch (IOException | SQLException left) {
      log.warn("The unfinished store in {} can't be removed", folder, left);
    }
  }
}
