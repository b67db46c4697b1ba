package dev.memoryconsole.store.lance;

import dev.memoryconsole.lock.StoreLock;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.Handles;
import dev.memoryconsole.store.lance.table.PluginFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;

/**
 * An older version on its way to be the latest one. Lance keeps the one before it, so the safety
 * copy is its number: noted with no lock held, once more under the lock if others have written
 * since, and once more afterwards if somebody wrote without the lock. For one thread.
 */
final class Restoration implements AutoCloseable {
  private final PluginFolder folder;
  private final Admission admission;
  private final LanceSnapshot snapshot;
  private final Path safety;
  private final RestoreGuard guard;
  private @Nullable LanceSnapshot noted;
  private boolean mayHaveHappened;

  /**
   * Has not begun yet.
   *
   * @param safety where the state before is noted
   */
  Restoration(
      PluginFolder folder,
      Admission admission,
      LanceSnapshot snapshot,
      Path safety,
      RestoreGuard guard) {
    this.folder = folder;
    this.admission = admission;
    this.snapshot = snapshot;
    this.safety = safety;
    this.guard = guard;
  }

  /** With no lock held: this is the latest version, as far as it is known. */
  void announce(LanceSnapshot latest) {
    latest.writeTo(safety);
    noted = latest;
    guard.announce();
  }

  /**
   * Under the lock.
   *
   * @param dataset at the latest version
   * @return the version that it has made
   */
  long into(Dataset dataset, StoreLock.Held held) throws Exception {
    try (Dataset old = snapshot.checkout(dataset, admission)) {
      int rows = Math.toIntExact(old.countRows());
      LanceSnapshot now = LanceSnapshot.of(folder, dataset);
      if (!now.equals(noted)) {
        now.replace(safety);
        noted = now;
      }
      guard.confirm();
      held.checkNotCompromised();
      mayHaveHappened = true;
      long restored = restore(old, held, rows);
      if (restored != dataset.version() + 1) {
        // Somebody writes without the lock, and Lance lets a restore win over what came before.
        noteAnew(dataset, restored - 1);
      }
      return restored;
    }
  }

  private long restore(Dataset old, StoreLock.Held held, int rows) {
    try {
      old.restore();
      held.wrote(rows);
      return old.version();
    } catch (RuntimeException e) {
      throw new OutcomeUnknownException(LanceCode.RESTORE_UNKNOWN.with(folder.root(), safety), e);
    }
  }

  private void noteAnew(Dataset dataset, long version) {
    try (Dataset before = Handles.at(dataset, version)) {
      LanceSnapshot.of(folder, before).replace(safety);
    } catch (RuntimeException e) {
      throw new OutcomeUnknownException(
          LanceCode.RESTORED_OVER_OTHERS.with(folder.root(), safety, version), e);
    }
  }

  /** Removes the safety copy if nothing can have happened. */
  @Override
  public void close() {
    if (!mayHaveHappened) {
      LanceSnapshot.remove(safety);
    }
  }
}
