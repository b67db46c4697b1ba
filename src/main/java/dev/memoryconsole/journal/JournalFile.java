package dev.memoryconsole.journal;

import dev.memoryconsole.journal.database.JournalCheckpoints;
import dev.memoryconsole.journal.database.JournalDatabase;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.lives.RunClaims;
import dev.memoryconsole.journal.locks.LockHistories;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What all who have one journal open in this process share: its connections, their locks, and what
 * waits to be written.
 */
final class JournalFile implements AutoCloseable {
  final JournalGate gate;
  final PendingChanges pending = new PendingChanges();
  final RunClaims claims;
  final RunPlanning planning;
  final RunTaking taking;
  final JournalWriter writer;
  final JournalReader reader;
  final LockHistories locks;
  final JournalCheckpoints checkpoints;
  // For who holds a store's lock: must not wait for those who read much.
  private final Connection asking;

  /** Connects to a journal that is there and of the current schema. */
  JournalFile(Path file) throws SQLException {
    List<Connection> opened = new ArrayList<>();
    try {
      Connection write = added(opened, JournalDatabase.connectToWrite(file));
      Connection read = added(opened, JournalDatabase.connect(file));
      Connection readLocks = added(opened, JournalDatabase.connect(file));
      asking = added(opened, JournalDatabase.connect(file));
      JournalTransactions transactions = new JournalTransactions(write);
      gate = new JournalGate(file);
      claims = new RunClaims(file.toRealPath());
      planning = new RunPlanning(gate, write, transactions, claims);
      taking = new RunTaking(write, transactions, claims);
      writer = new JournalWriter(write, transactions, claims);
      reader = new JournalReader(read, claims);
      locks = new LockHistories(gate, write, transactions, readLocks, claims);
      checkpoints = new JournalCheckpoints(file);
    } catch (IOException gone) {
      opened.forEach(connection -> closeAfter(gone, connection));
      throw new SQLException(gone);
    } catch (SQLException | RuntimeException failure) {
      opened.forEach(connection -> closeAfter(failure, connection));
      throw failure;
    }
  }

  private static Connection added(List<Connection> opened, Connection one) {
    opened.add(one);
    return one;
  }

  /**
   * For somebody who holds a store's lock.
   *
   * @throws RunTakenOverException if the run is another process's by now
   */
  void requireOurs(long run) throws SQLException {
    claims.requireOurs(asking, run);
  }

  private static void closeAfter(Exception failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /** Only when nobody has it open any more. */
  @Override
  public void close() throws SQLException {
    planning.close();
    try {
      gate.alone(
          () -> {
            checkpoints.close();
            writer.close();
            reader.close();
            asking.close();
            locks.close();
            return true;
          });
    } finally {
      claims.close();
    }
  }
}
