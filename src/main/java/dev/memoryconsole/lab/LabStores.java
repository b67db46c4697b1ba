package dev.memoryconsole.lab;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.SnapshotProgress;
import java.nio.file.Path;
import java.util.List;

/** What the lab needs of stores: copies, and a plugin that writes to them. Thread-safe. */
public interface LabStores {
  /**
   * Copies what is in a store into a new SQLite store, whatever kind it is of. Never takes its
   * write lock.
   *
   * @throws dev.memoryconsole.store.StoreException if it can't be copied
   */
  void copy(MemoryStore store, Path file, SnapshotProgress progress) throws InterruptedException;

  /**
   * Copies a copy, with what its write-ahead log holds.
   *
   * @throws dev.memoryconsole.store.StoreException if it can't be copied
   */
  void copy(Path copy, Path another) throws InterruptedException;

  /** Adds rows to a copy, in the place of those that have their ids. */
  void insert(Path copy, List<MemoryEntry> rows) throws InterruptedException;

  /**
   * Opens a copy.
   *
   * @param courteous whether it leaves the lock to others for a while after each hold, as the app
   *     does and its rivals don't
   */
  MemoryStore open(Path copy, boolean courteous);

  /** Opens a journal of a trial's own. */
  Journal journal(Path file);

  /**
   * Connects to a copy as another program does.
   *
   * @param patienceMillis how long a write waits for the lock
   */
  Plugin plugin(Path copy, int patienceMillis);

  /** Another program with its own connection. For one thread. */
  interface Plugin extends AutoCloseable {
    /** The key of the counter that only the plugin writes. */
    String COUNTER = "lab_counter";

    /** Adds one to a row's counter: takes the lock, reads, writes, releases. */
    Write increment(String id);

    @Override
    void close();

    /**
     * A write.
     *
     * @param waitNanos how long it waited for the lock
     * @param acknowledged whether it was written; if not, it waited in vain
     */
    record Write(long waitNanos, boolean acknowledged) {}
  }
}
