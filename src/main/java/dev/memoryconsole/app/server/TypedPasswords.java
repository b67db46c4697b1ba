package dev.memoryconsole.app.server;

import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.store.postgres.PostgresOptions.Login;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The passwords that somebody has typed since the program was started. They are kept in memory
 * alone. Thread-safe.
 */
public final class TypedPasswords {
  private record Where(String user, String hosts) {}

  private final Map<Where, Secret> known = new ConcurrentHashMap<>();

  /** None yet. */
  public TypedPasswords() {}

  /** What was typed for this user of these hosts. */
  public Optional<String> find(Login login) {
    return Optional.ofNullable(known.get(where(login))).map(Secret::reveal);
  }

  /** Keeps it until the program ends. */
  void keep(Login login, Secret password) {
    known.put(where(login), password);
  }

  private static Where where(Login login) {
    return new Where(login.user(), login.hosts());
  }
}
