package dev.memoryconsole.upgrade.interleaving.ground;

import dev.memoryconsole.store.MemoryStore;
import java.sql.Connection;
import java.sql.SQLException;

/** What the engines and the agents write to: a database, and how an agent speaks to it. */
public interface Ground extends AutoCloseable {
  /** Opens the store, which takes rows and swaps them. */
  MemoryStore open();

  /** A connection of the agents'. */
  Connection agents() throws SQLException;

  /** Makes tables and triggers that log each write; see {@code Witness}. */
  String witness();

  /** Begins an agent's transaction. */
  String begin();

  /** At the end of an agent's look at a row that it is going to write. */
  String lockingRead();

  /** Sets one key of the metadata, which is an object: key, text, id. */
  String setKey();

  /** Removes what is no more than this test's. */
  @Override
  void close();
}
