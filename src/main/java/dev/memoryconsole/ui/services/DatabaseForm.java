package dev.memoryconsole.ui.services;

import java.util.Map;

/**
 * A table on a server as somebody types it. No password is part of it.
 *
 * @param host one, or several with their ports
 * @param port empty for the usual one
 * @param database empty for the one that is called as the user
 * @param user empty for whoever uses this machine
 * @param table empty for the usual one
 * @param sslMode as libpq has it; empty for its own choice
 * @param keychain the entry of the keychain with the password; empty for none
 * @param others what else a URL said, kept as it was
 */
public record DatabaseForm(
    String host,
    String port,
    String database,
    String user,
    String table,
    String sslMode,
    String keychain,
    Map<String, String> others) {
  /** Nothing is typed yet. */
  public static final DatabaseForm EMPTY = new DatabaseForm("", "", "", "", "", "", "", Map.of());

  /** Copies the others. */
  public DatabaseForm {
    others = Map.copyOf(others);
  }
}
