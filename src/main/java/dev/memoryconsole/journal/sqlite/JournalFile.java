package dev.memoryconsole.journal.sqlite;

import dev.memoryconsole.journal.database.JournalCheckpoints;
import dev.memoryconsole.journal.database.JournalDatabase;
import dev.memoryconsole.journal.database.JournalGate;
import dev.memoryconsole.journal.database.JournalTransactions;
import dev.memoryconsole.journal.database.Statements;
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
  final SqliteRuns runs;
  final SqliteEntries entries;
  final SqliteErasure erasure;
  final LockHistories locks;
  private final JournalGate gate;
  private final RunClaims claims;
  private final RunPlanning planning;
  private final JournalCheckpoints checkpoints;
  private final List<Connection> connections = new ArrayList<>();

  /** Connects to a journal that is there and of the current schema. */
  JournalFile(Path file) throws SQLException {
    try {
      Connection writing = opened(JournalDatabase.connectToWrite(file));
      Connection readingLocks = opened(JournalDatabase.connect(file));
      Statements write = new Statements(writing);
      Statements read = Statements.toRead(opened(JournalDatabase.connect(file)));
      Statements ask = new Statements(opened(JournalDatabase.connect(file)));
      JournalTransactions transactions = new JournalTransactions(writing);
      gate = new JournalGate(file);
      claims = new RunClaims(file.toRealPath());
      checkpoints = new JournalCheckpoints(file);
      planning = new RunPlanning(gate, write, transactions, claims);
      entries =
          new SqliteEntries(
              gate,
              new EntryReader(read),
              new EntryWriter(writing, transactions, claims),
              checkpoints,
              claims,
              ask);
      runs =
          new SqliteRuns(
              gate,
              entries,
              claims,
              planning,
              new RunTaking(write, transactions, claims),
              new RunReader(read, claims),
              new RunWriter(write, transactions, claims));
      erasure = new SqliteErasure(file, gate, entries, read, write, transactions, claims);
      locks = new LockHistories(gate, writing, transactions, readingLocks, claims);
    } catch (IOException gone) {
      closeAfter(gone);
      throw new SQLException(gone);
    } catch (SQLException | RuntimeException failure) {
      closeAfter(failure);
      throw failure;
    }
  }

  private Connection opened(Connection connection) {
    connections.add(connection);
    return connection;
  }

  private void closeAfter(Exception failure) {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException second) {
        failure.addSuppressed(second);
      }
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
            locks.close();
            for (Connection connection : connections) {
              connection.close();
            }
            return true;
          });
    } finally {
      claims.close();
    }
  }
}
