package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.lance.format.DamagedFileException;
import dev.memoryconsole.store.lance.format.DataFileCheck;
import dev.memoryconsole.store.lance.format.DeletionsCheck;
import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.format.Manifest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lance.Dataset;

/**
 * Looks at a version's files before the native library reads its rows, because that ends the whole
 * process over a format it does not know and over a damaged file. Every way of a dataset to another
 * version goes through here: a newer plugin may write the next version while the store is open.
 * Files never change once they are written, so each is looked at once. Thread-safe.
 */
public final class Admission {
  /** The newest data format that the native library can read. */
  private static final int NEWEST_READABLE = 201;

  private final PluginFolder folder;
  private final Set<String> sound = ConcurrentHashMap.newKeySet();
  private volatile long admitted = -1;

  /** Has looked at nothing yet. */
  public Admission(PluginFolder folder) {
    this.folder = folder;
  }

  /**
   * Looks at the latest version, before a dataset is opened at all.
   *
   * @throws dev.memoryconsole.store.StoreException if there is none or it can't be read
   */
  void admitLatest() {
    long version;
    try {
      version =
          Manifest.latest(folder.dataset())
              .orElseThrow(
                  () -> new StoreUnavailableException(LanceCode.NO_VERSION.with(folder.root())));
    } catch (IOException e) {
      throw refused(e);
    }
    admit(version);
  }

  /**
   * Has a dataset go to the latest version, whoever wrote it.
   *
   * @throws dev.memoryconsole.store.StoreException if that can't be read
   */
  public void toLatest(Dataset dataset) {
    lookAhead(dataset.version());
    dataset.checkoutLatest();
    admit(dataset.version());
  }

  /** So that not even the going there meets what the native library does not know. */
  private void lookAhead(long from) {
    long newest = from;
    while (Files.exists(Manifest.file(folder.dataset(), newest + 1))) {
      newest++;
    }
    if (newest > from) {
      try {
        admit(newest);
      } catch (VanishedException cleanedUp) {
        // There is a newer one still.
      }
    }
  }

  /**
   * Looks at one version.
   *
   * @throws VanishedException if it or a part of it is not there any more
   * @throws dev.memoryconsole.store.StoreException if it can't be read
   */
  public void admit(long version) {
    if (version == admitted) {
      return;
    }
    try {
      Manifest manifest = Manifest.read(folder.dataset(), version);
      if (manifest.format() > NEWEST_READABLE) {
        throw new StoreUnavailableException(
            LanceCode.NEWER_FORMAT.with(
                folder.root(),
                manifest.format() / 100,
                manifest.format() % 100,
                manifest.writer()));
      }
      look(manifest);
      admitted = version;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void look(Manifest manifest) throws IOException {
    Set<String> files = new HashSet<>();
    for (Manifest.DataFile file : manifest.files()) {
      files.add(file.name());
      if (!sound.contains(file.name())) {
        DataFileCheck.check(folder.dataset(), file);
        sound.add(file.name());
      }
    }
    for (Manifest.Deletions deletions : manifest.deletions()) {
      files.add(deletions.name());
      if (!sound.contains(deletions.name())) {
        DeletionsCheck.check(folder.dataset(), deletions);
        sound.add(deletions.name());
      }
    }
    if (sound.size() > 2 * files.size()) {
      sound.retainAll(files);
    }
  }

  private RuntimeException refused(IOException e) {
    Path store = folder.root();
    return switch (e) {
      case NoSuchFileException gone ->
          new VanishedException(
              LanceCode.FILE_MISSING.with(
                  store, Path.of(String.valueOf(gone.getFile())).getFileName()),
              e);
      case DamagedFileException damaged ->
          new StoreUnavailableException(LanceCode.FILE_DAMAGED.with(store, damaged.message()), e);
      case AccessDeniedException denied ->
          new StoreUnavailableException(
              LanceCode.FILE_FORBIDDEN.with(
                  store, Path.of(String.valueOf(denied.getFile())).getFileName()),
              e);
      default -> LanceProblems.of(store, LanceCode.READING_STORE, e);
    };
  }
}
