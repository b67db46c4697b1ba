package dev.memoryconsole.store.postgres.connection;

import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The place of a table: {@code postgresql://user@host:port/database?table=schema.name}. Immutable.
 *
 * @param user who connects
 * @param hosts one or several with their ports, as the driver takes them
 * @param database the database
 * @param schema the table's schema; null for whichever the server finds it in
 * @param table the table's name, not quoted
 * @param options the other fields of the URL, all of them ones that are known
 */
public record PostgresAddress(
    String user,
    String hosts,
    String database,
    @Nullable String schema,
    String table,
    Map<String, String> options) {
  /** The name of the table where none is given. */
  public static final String MEMORIES = "memories";

  /** The field with an entry of the keychain that holds the password. */
  public static final String KEYCHAIN = "keychain";

  /** The field with the type of the metadata of a table that is made. */
  public static final String METADATA = "metadata";

  /** The field that says which of several hosts is meant, as the driver spells it. */
  private static final String SERVER = "targetServerType";

  private static final Set<String> OF_DRIVER =
      Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", SERVER);

  /** What beside the table may be given: whatever else a driver understands could do anything. */
  private static final Set<String> OPTIONS =
      Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", SERVER, KEYCHAIN, METADATA);

  private static final String PRIMARY = "primary";
  private static final Set<String> SERVERS =
      Set.of("any", PRIMARY, "secondary", "preferPrimary", "preferSecondary");

  /** How libpq calls that field and its values. */
  private static final String SESSION = "target_session_attrs";

  private static final Map<String, String> SESSIONS =
      Map.of(
          "any",
          "any",
          "read-write",
          PRIMARY,
          PRIMARY,
          PRIMARY,
          "read-only",
          "secondary",
          "standby",
          "secondary",
          "prefer-standby",
          "preferSecondary");

  private static final String DEFAULT_METADATA = "jsonb";
  private static final Set<String> METADATA_TYPES = Set.of("jsonb", "json", "text");

  private static final String TABLE = "table";
  private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");
  private static final Pattern URL =
      Pattern.compile(
          "([a-z][a-z0-9+.-]+)://(?:([^@/?#]*)@)?([^@/?#]+)(?:/([^/?#]*))?(?:\\?([^#]*))?");
  private static final String DEFAULT_PORT = ":5432";

  /** Copies the options. */
  public PostgresAddress {
    options = Map.copyOf(options);
  }

  /** Whether a location is one of this kind, as far as its first word tells. */
  public static boolean isOne(StoreLocation location) {
    return location instanceof StoreLocation.OnServer(String url)
        && SCHEMES.contains(url.substring(0, url.indexOf(':')));
  }

  /**
   * Reads a location.
   *
   * @param systemUser who connects where the URL names nobody
   * @throws StoreException if the URL names no table
   */
  public static PostgresAddress of(StoreLocation location, String systemUser) {
    Matcher parts = URL.matcher(location.key());
    if (!parts.matches()) {
      throw new StoreException(PostgresCode.BAD_URL.with(location.toString()));
    }
    try {
      return of(parts, systemUser);
    } catch (IllegalArgumentException badEscape) {
      throw new StoreException(PostgresCode.BAD_URL.with(location.toString()), badEscape);
    }
  }

  private static PostgresAddress of(Matcher parts, String systemUser) {
    Map<String, String> fields = fields(parts.group(5));
    String table = fields.getOrDefault(TABLE, MEMORIES);
    fields.remove(TABLE);
    nameServer(fields);
    for (String name : fields.keySet()) {
      if (!OPTIONS.contains(name)) {
        throw new StoreException(PostgresCode.BAD_FIELD.with(name));
      }
    }
    String user = parts.group(2) == null ? systemUser : decoded(parts.group(2));
    String database =
        parts.group(4) == null || parts.group(4).isEmpty() ? user : decoded(parts.group(4));
    int dot = table.indexOf('.');
    String schema = dot < 0 ? null : table.substring(0, dot);
    String name = table.substring(dot + 1);
    if (name.isEmpty()
        || user.isEmpty()
        || (schema != null && schema.isEmpty())
        || !METADATA_TYPES.contains(fields.getOrDefault(METADATA, DEFAULT_METADATA))) {
      throw new IllegalArgumentException();
    }
    return new PostgresAddress(user, withPorts(parts.group(3)), database, schema, name, fields);
  }

  /** However the kind of server is called, it is known by the driver's name. */
  private static void nameServer(Map<String, String> fields) {
    String session = fields.remove(SESSION);
    String server = fields.remove(SERVER.toLowerCase(Locale.ROOT));
    if (session != null) {
      server = SESSIONS.getOrDefault(session, "");
    }
    if (server != null) {
      String said = server;
      fields.put(
          SERVER,
          SERVERS.stream()
              .filter(said::equalsIgnoreCase)
              .findFirst()
              .orElseThrow(IllegalArgumentException::new));
    }
  }

  private static Map<String, String> fields(@Nullable String query) {
    Map<String, String> fields = new TreeMap<>();
    if (query != null) {
      for (String field : query.split("&", -1)) {
        int end = field.indexOf('=');
        if (!field.isEmpty() && end <= 0) {
          throw new IllegalArgumentException();
        }
        if (end > 0) {
          fields.put(
              field.substring(0, end).toLowerCase(Locale.ROOT), decoded(field.substring(end + 1)));
        }
      }
    }
    return fields;
  }

  private static String withPorts(String hosts) {
    return Pattern.compile(",")
        .splitAsStream(hosts)
        .map(host -> host.matches(".*:[0-9]+") ? host : host.replaceFirst(":$", "") + DEFAULT_PORT)
        .collect(Collectors.joining(","));
  }

  private static String decoded(String part) {
    // A plus stands for itself outside of forms.
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** A part of a URL. */
  public static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The URL of these parts, which need not be one that can be understood.
   *
   * @param table after its schema and a dot if that is said
   */
  public static String url(String user, String hosts, String database, String table) {
    return "postgresql://"
        + encoded(user)
        + '@'
        + hosts
        + '/'
        + encoded(database)
        + "?table="
        + encoded(table);
  }

  /** The same place with its table in this schema, where the server has found it. */
  public PostgresAddress in(String found) {
    return new PostgresAddress(user, hosts, database, found, table, options);
  }

  /** What belongs to the table, in its schema, with this at the end of its name. */
  public PostgresAddress beside(String end) {
    return new PostgresAddress(user, hosts, database, schema, table + end, options);
  }

  /** The type of the metadata of a table that is made. */
  public String metadataType() {
    return options.getOrDefault(METADATA, DEFAULT_METADATA);
  }

  /** The one location of this place: with everything that was left to be understood. */
  public StoreLocation location() {
    StringBuilder url = new StringBuilder("postgresql://");
    url.append(encoded(user)).append('@').append(hosts).append('/').append(encoded(database));
    url.append("?table=")
        .append(schema == null ? "" : encoded(schema) + '.')
        .append(encoded(table));
    Map<String, String> lasting = new TreeMap<>(options);
    lasting.remove(METADATA);
    lasting.forEach(
        (name, value) -> url.append('&').append(name).append('=').append(encoded(value)));
    return new StoreLocation.OnServer(url.toString());
  }

  /** What the driver is told beside user and password. Of several hosts the primary is meant. */
  Map<String, String> driverOptions() {
    Map<String, String> told = new TreeMap<>(options);
    told.keySet().retainAll(OF_DRIVER);
    if (hosts.contains(",")) {
      told.putIfAbsent(SERVER, PRIMARY);
    }
    return told;
  }

  /** Whether another address leads to the same table, whoever connects and however. */
  public boolean isSamePlace(PostgresAddress other) {
    return Set.of(hosts.split(",")).equals(Set.of(other.hosts.split(",")))
        && database.equals(other.database)
        && table.equals(other.table)
        && (schema == null || other.schema == null || schema.equals(other.schema));
  }

  /** What the driver connects to. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + hosts + "/" + encoded(database);
  }

  /** The table as statements name it. */
  public String quotedTable() {
    return schema == null ? quoted(table) : quoted(schema) + '.' + quoted(table);
  }

  /** A name as statements spell it. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** For sentences: without options. */
  @Override
  public String toString() {
    return "postgresql://"
        + encoded(user)
        + '@'
        + hosts
        + '/'
        + encoded(database)
        + "?table="
        + (schema == null ? "" : schema + '.')
        + table;
  }
}
