package dev.memoryconsole.store.postgres;

import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parts of a table's location, for who shows or asks for them one by one. Immutable.
 *
 * @param user who connects
 * @param hosts one or several, each with its port
 * @param table the table, after its schema and a dot if that is said
 * @param options the other fields of the URL
 */
public record PostgresPlace(
    String user, String hosts, String database, String table, Map<String, String> options) {
  /** Copies the options. */
  public PostgresPlace {
    options = Map.copyOf(options);
  }

  /** Whether a location is one of a table in PostgreSQL; looks at its first word only. */
  public static boolean isOne(StoreLocation location) {
    return PostgresAddress.isOne(location);
  }

  /**
   * Takes a location apart.
   *
   * @param systemUser who connects where it names nobody
   * @throws StoreException if it names no table
   */
  public static PostgresPlace of(StoreLocation location, String systemUser) {
    PostgresAddress address = PostgresAddress.of(location, systemUser);
    return new PostgresPlace(
        address.user(),
        address.hosts(),
        address.database(),
        address.schema() == null ? address.table() : address.schema() + "." + address.table(),
        address.options());
  }

  /**
   * Understands parts that were typed.
   *
   * @param hosts without a port, that is PostgreSQL's own
   * @param table empty for the usual one
   * @throws StoreException if they name no table
   */
  public static PostgresPlace typed(
      String user, String hosts, String database, String table, Map<String, String> options) {
    String url =
        PostgresAddress.url(
            user, hosts, database, table.isBlank() ? PostgresAddress.MEMORIES : table);
    String fields =
        options.entrySet().stream()
            .map(field -> "&" + field.getKey() + "=" + PostgresAddress.encoded(field.getValue()))
            .collect(Collectors.joining());
    return of(
        StoreLocation.parse(url + fields)
            .filter(PostgresAddress::isOne)
            .orElseThrow(() -> new StoreException(PostgresCode.BAD_URL.with(url))),
        user);
  }

  /** Where it is. */
  public StoreLocation location() {
    return typedAddress().location();
  }

  private PostgresAddress typedAddress() {
    int dot = table.indexOf('.');
    return new PostgresAddress(
        user,
        hosts,
        database,
        dot < 0 ? null : table.substring(0, dot),
        table.substring(dot + 1),
        options);
  }

  /** Who connects. */
  public PostgresOptions.Login login() {
    return PostgresOptions.Login.of(user, hosts, options);
  }
}
