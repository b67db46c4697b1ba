package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.lance.format.DamagedFileException;
import dev.memoryconsole.store.lance.format.DataFileCheck;
import dev.memoryconsole.store.lance.format.DeletionsCheck;
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
                  () ->
                      new StoreUnavailableException(
                          "Could not open the store %s because its table memories.lance holds no version; nothing was changed, choose the plugin's directory or restore it from a backup."
                              .formatted(folder.root())));
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
            "%s has the data format %d.%d of a newer LanceDB (it was written by Lance %s), which this program can't read; nothing was changed, update Memory Console or have the plugin export its memories."
                .formatted(
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
              "Could not read %s because its file %s is missing; nothing was changed, check that nobody moved it, or restore the store from a backup."
                  .formatted(store, Path.of(String.valueOf(gone.getFile())).getFileName()),
              e);
      case DamagedFileException damaged ->
          new StoreUnavailableException(
              "Could not read %s because its file %s; nothing was changed, restore the store from a backup."
                  .formatted(store, damaged.getMessage()),
              e);
      case AccessDeniedException denied ->
          new StoreUnavailableException(
              "Could not read %s because its file %s may not be read by you; nothing was changed, ask for permission to its folder."
                  .formatted(store, Path.of(String.valueOf(denied.getFile())).getFileName()),
              e);
      default -> LanceProblems.of(store, "read the store", e);
    };
  }
}
