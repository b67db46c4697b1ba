package dev.memoryconsole.ui.services;

import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.exchange.ExportReport;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.exchange.source.FieldMapping;
import dev.memoryconsole.lab.LabListener;
import dev.memoryconsole.lab.LabPlan;
import dev.memoryconsole.lab.LabResult;
import dev.memoryconsole.settings.look.WindowLook;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the window asks of the rest of the application. Every method may touch the disk and is
 * called from a background thread, never from the user interface's.
 *
 * <p>What goes wrong is a {@link dev.memoryconsole.store.StoreException} or an {@link
 * dev.memoryconsole.upgrade.UpgradeException}, whose message is one sentence for the admin; of
 * anything else the window says only that it is in the log.
 */
public interface UiServices {
  /** Opens a store that is there and remembers it as recent. The window closes it. */
  Upgrades open(StoreLocation store);

  /** Creates an empty store and opens it. The window closes it. */
  Upgrades createStore(StoreLocation store);

  /** Opens the demo store; on first use, creates it and imports the bundled demo memories. */
  Upgrades openDemo() throws InterruptedException;

  /**
   * Looks into a file of memories.
   *
   * @param named where the admin says a field is
   * @throws dev.memoryconsole.store.StoreException if it can't be read or holds none
   */
  default ImportPreview previewImport(Path file, Map<FieldMapping.Field, String> named)
      throws InterruptedException {
    return ImportPreview.of(file, named);
  }

  /**
   * Imports a JSON or JSON Lines file.
   *
   * @param named where the admin says a field is, as in the preview
   * @param existing what happens to ids that are there already
   * @param rowsSoFar told from time to time how many rows were read
   * @throws InterruptedException if the admin cancelled; what was imported before stays
   */
  ImportSummary importInto(
      Upgrades target,
      Path file,
      Map<FieldMapping.Field, String> named,
      ExistingRows existing,
      LongConsumer rowsSoFar)
      throws InterruptedException;

  /**
   * Makes a store of a JSON or JSON Lines file and opens it. The window closes it.
   *
   * @param named where the admin says a field is, as in the preview
   * @param rowsSoFar told from time to time how many rows were read
   * @throws InterruptedException if the admin cancelled; there is no store then, unless it is of a
   *     kind that rows are added to one by one
   */
  NewlyMade createFrom(
      StoreLocation store, Path file, Map<FieldMapping.Field, String> named, LongConsumer rowsSoFar)
      throws InterruptedException;

  /**
   * A store that was made of a file.
   *
   * @param store open
   * @param summary what became of the file
   */
  record NewlyMade(Upgrades store, ImportSummary summary) {}

  /**
   * Writes the entries that match to a file, replacing it.
   *
   * @param rowsSoFar told from time to time how many rows were written
   * @return how many rows were written
   * @throws InterruptedException if the admin cancelled; the file is as it was before
   */
  ExportReport exportFrom(
      Upgrades source, EntryQuery selection, Path file, ExportFormat format, LongConsumer rowsSoFar)
      throws InterruptedException;

  /** The snapshots of a store, newest first. */
  List<Snapshot> snapshots(Upgrades store);

  /**
   * Takes a snapshot because the admin asks for it.
   *
   * @throws InterruptedException if the admin cancelled; there is no snapshot then
   */
  Snapshot takeSnapshot(Upgrades store, SnapshotProgress progress) throws InterruptedException;

  /**
   * Brings back what is in a snapshot.
   *
   * @return a snapshot of what was there before
   * @throws InterruptedException if the admin cancelled in time; the store is as it was
   */
  Snapshot restoreSnapshot(Upgrades store, Snapshot snapshot, SnapshotProgress progress)
      throws InterruptedException;

  /**
   * Tries all ways of locking on copies of a store; the store itself is only read.
   *
   * @return a result for each
   * @throws InterruptedException if the admin cancelled; nothing is left of the copies
   */
  List<LabResult> lab(Upgrades store, LabPlan plan, LabListener listener)
      throws InterruptedException;

  /** How snapshots are taken and kept. */
  SnapshotRules snapshotRules();

  /** Remembers how snapshots are to be taken and kept from now on. */
  void saveSnapshotRules(SnapshotRules rules);

  /** How the memories screen was arranged, and the views that were saved. */
  WindowLook look();

  /** Remembers how the memories screen is arranged from now on. */
  void saveLook(WindowLook look);

  /**
   * Has the desktop tell the admin something while the window is in the background. Where the
   * desktop can't, nothing happens.
   */
  void notifyDesktop(String title, String text);

  /** Language models. Quick: touches nothing. */
  ModelServices models();

  /** Tables on servers, before one is opened. Quick: touches nothing. */
  DatabaseServices databases();

  /** The rules for locks. Quick: touches nothing. */
  LockServices locks();

  /**
   * What a report of a fault needs, without anything that is nobody else's business.
   *
   * @param open the open store; null if there is none
   */
  String diagnostics(@Nullable Upgrades open);

  /** The stores opened last, newest first. */
  List<StoreLocation> recent();
}
