package dev.memoryconsole.ui.services;

import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.store.StoreLocation;
import org.jspecify.annotations.Nullable;

/**
 * What the window asks about tables on servers before it opens one. All but {@link #test} is quick
 * and touches nothing.
 */
public interface DatabaseServices {
  /** Whether a location is one of a table on a server. */
  boolean isOne(StoreLocation location);

  /**
   * Takes a location apart.
   *
   * @throws dev.memoryconsole.store.StoreException if it names no table
   */
  DatabaseForm read(StoreLocation location);

  /**
   * The location of what was typed.
   *
   * @throws dev.memoryconsole.store.StoreException if it names no table
   */
  StoreLocation location(DatabaseForm form);

  /**
   * Connects, and looks at what is there. Changes nothing.
   *
   * @param password what was typed; null for the one that was typed before, or is where passwords
   *     are kept
   * @throws dev.memoryconsole.store.StoreException if the server is away or refuses it, or there is
   *     something else in the table's place
   */
  DatabaseReport test(DatabaseForm form, @Nullable Secret password) throws InterruptedException;

  /**
   * Has stores there opened with a password until the program ends; it is kept in memory alone. Not
   * done, it is looked for where passwords are kept.
   */
  void keep(DatabaseForm form, Secret password);
}
