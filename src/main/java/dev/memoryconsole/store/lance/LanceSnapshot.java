package dev.memoryconsole.store.lance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.format.Manifest;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.PluginFolder;
import dev.memoryconsole.store.lance.table.VanishedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot: the name of a version of the table, which Lance keeps with all that is in it.
 *
 * @param format {@value #FORMAT}
 * @param store the plugin's directory
 * @param version the table's version
 * @param committedAt when that version was written: a table that was made anew counts from 1 again
 * @param rows how many rows it has
 */
record LanceSnapshot(String format, String store, long version, String committedAt, long rows) {
  private static final String FORMAT = "memory-console-lance-version-1";
  private static final Logger LOG = LoggerFactory.getLogger(LanceSnapshot.class);
  private static final long LARGEST = 10_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  /** The version that a dataset is at. */
  static LanceSnapshot of(PluginFolder store, Dataset dataset) {
    return new LanceSnapshot(
        FORMAT,
        store.root().toString(),
        dataset.version(),
        committedAt(dataset).toString(),
        dataset.countRows());
  }

  private static Instant committedAt(Dataset dataset) {
    return dataset.getVersion().getDataTime().toInstant();
  }

  /**
   * Writes it to a file; when this returns it is safely on the disk.
   *
   * @throws StoreException if it can't be written or the file is there already and not empty
   */
  void writeTo(Path file) {
    try {
      if (Files.exists(file) && Files.size(file) > 0) {
        throw new StoreException(LanceCode.COPY_EXISTS.with(file));
      }
      write(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Writes it over what is there, which stays if that fails; when this returns it is safely on the
   * disk.
   *
   * @throws StoreException if it can't be written
   */
  void replace(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      write(beside);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private void write(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static StoreException unwritable(Path file, IOException e) {
    return new StoreUnavailableException(LanceCode.SNAPSHOT_UNWRITABLE.with(file), e);
  }

  /**
   * Reads one.
   *
   * @throws StoreException if the file is none
   */
  static LanceSnapshot read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new StoreException(LanceCode.NO_SNAPSHOT.with(file));
      }
      if (Files.size(file) <= LARGEST) {
        LanceSnapshot snapshot = JSON.readValue(Files.readAllBytes(file), LanceSnapshot.class);
        if (snapshot != null && FORMAT.equals(snapshot.format)) {
          return snapshot;
        }
      }
      throw none(file, null);
    } catch (JsonProcessingException e) {
      throw none(file, e);
    } catch (IOException e) {
      throw new StoreUnavailableException(LanceCode.SNAPSHOT_UNREADABLE.with(file), e);
    }
  }

  /** Removes one that nobody needs. */
  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The snapshot {} that nobody needs can't be removed", file, e);
    }
  }

  /** Whether a store has all of the version that a snapshot names. */
  static boolean isKept(PluginFolder store, Path file) {
    try {
      LanceSnapshot snapshot = read(file);
      Manifest manifest = Manifest.read(store.dataset(), snapshot.version);
      return manifest
              .writtenAt()
              .truncatedTo(ChronoUnit.MILLIS)
              .equals(Instant.parse(snapshot.committedAt).truncatedTo(ChronoUnit.MILLIS))
          && manifest.files().stream()
              .allMatch(
                  data ->
                      data.elsewhere()
                          || Files.exists(store.dataset().resolve("data").resolve(data.name())));
    } catch (IOException | StoreException | DateTimeException gone) {
      return false;
    }
  }

  private static StoreException none(Path file, @Nullable Throwable e) {
    Message message = LanceCode.NOT_A_SNAPSHOT.with(file);
    return e == null ? new StoreException(message) : new StoreException(message, e);
  }

  /**
   * The dataset at the version of the snapshot; the caller closes it.
   *
   * @throws StoreException if the version is not kept any more
   */
  Dataset checkout(Dataset dataset, Admission admission) {
    Dataset old;
    try {
      admission.admit(version);
      old = dataset.checkoutVersion(version);
    } catch (VanishedException e) {
      throw gone(e);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw gone(e);
    }
    if (!committedAt(old).toString().equals(committedAt)) {
      old.close();
      throw gone(null);
    }
    return old;
  }

  private StoreException gone(@Nullable Throwable e) {
    Message message = LanceCode.VERSION_REMOVED.with(store, version);
    return e == null
        ? new StoreUnavailableException(message)
        : new StoreUnavailableException(message, e);
  }
}
