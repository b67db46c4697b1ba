package dev.memoryconsole.store.postgres;

import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a store in PostgreSQL behaves.
 *
 * @param lockPatience how long to wait for a row that another transaction has locked
 * @param reconnecting how long a server that went away is asked again, as while a standby is
 *     promoted in its place
 * @param clock tells when rows were locked
 * @param systemUser who connects where a URL names nobody
 * @param passwords where the password comes from
 */
public record PostgresOptions(
    Duration lockPatience,
    Duration reconnecting,
    Clock clock,
    String systemUser,
    Passwords passwords) {
  /** Half a minute of patience. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A minute for a server to come back. */
  public static final Duration RECONNECTING = Duration.ofMinutes(1);

  /**
   * Who connects where.
   *
   * @param user the user's name
   * @param hosts one or several hosts with their ports
   * @param keychain the entry of the keychain that the URL names; empty if it names none
   */
  public record Login(String user, String hosts, Optional<String> keychain) {
    static Login of(String user, String hosts, Map<String, String> options) {
      return new Login(user, hosts, Optional.ofNullable(options.get(PostgresAddress.KEYCHAIN)));
    }
  }

  /** Finds a password. */
  @FunctionalInterface
  public interface Passwords {
    /**
     * Returns it; empty if the driver is to look for it where libpq does.
     *
     * @throws dev.memoryconsole.store.StoreException if it is not where it should be
     */
    Optional<String> find(Login login);
  }

  /** The same with passwords from elsewhere. */
  public PostgresOptions with(Passwords others) {
    return new PostgresOptions(lockPatience, reconnecting, clock, systemUser, others);
  }

  /** Connects to a server, of which nothing is known yet. */
  Connections connect(StoreLocation location) {
    PostgresAddress address = PostgresAddress.of(location, systemUser);
    Login login = Login.of(address.user(), address.hosts(), address.options());
    return Connections.to(address, passwords.find(login).orElse(null), reconnecting);
  }
}
