package dev.memoryconsole.ui.services;

import dev.memoryconsole.exchange.ExportFormat;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

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
  Upgrades open(Path store);

  /** Creates an empty store and opens it. The window closes it. */
  Upgrades createStore(Path store);

  /** Opens the demo store; on first use, creates it and imports the bundled demo memories. */
  Upgrades openDemo() throws InterruptedException;

  /**
   * Imports a JSON or JSON Lines file.
   *
   * @param existing what happens to ids that are there already
   * @param rowsSoFar told from time to time how many rows were read
   * @throws InterruptedException if the admin cancelled; what was imported before stays
   */
  ImportSummary importInto(
      Upgrades target, Path file, ExistingRows existing, LongConsumer rowsSoFar)
      throws InterruptedException;

  /**
   * Writes the entries that match to a file, replacing it.
   *
   * @param rowsSoFar told from time to time how many rows were written
   * @return how many rows were written
   * @throws InterruptedException if the admin cancelled; the file is as it was before
   */
  long exportFrom(
      Upgrades source, EntryQuery selection, Path file, ExportFormat format, LongConsumer rowsSoFar)
      throws InterruptedException;

  /** The stores opened last, newest first. */
  List<Path> recent();
}
