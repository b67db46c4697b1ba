package dev.memoryconsole.store.postgres;

import static org.awaitility.Awaitility.await;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real server of PostgreSQL of this machine only, on a port of its own: one for all tests of this
 * JVM, which ends with it, however that ends. It never runs as root, which it refuses.
 */
public final class PostgresServer {
  /** Who owns everything. */
  public static final String ADMIN = "postgres";

  /** The password of everybody. */
  public static final String PASSWORD = "s3cret of tests";

  /** The system property by which the driver finds a file of passwords. */
  public static final String PASSWORD_FILE = "org.postgresql.pgpassfile";

  private static final PostgresOptions OPTIONS =
      new PostgresOptions(
          PostgresOptions.PATIENCE,
          PostgresOptions.RECONNECTING,
          Clock.systemUTC(),
          ADMIN,
          keychain -> Optional.of(PASSWORD));

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable PostgresServer shared;

  private final Path folder;
  private final int port;

  private PostgresServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * The server of this JVM. Skips the test where there is none; with {@code
   * -Dpostgres.required=true} fails it instead.
   */
  public static synchronized PostgresServer shared() {
    PostgresServer server = shared;
    if (server == null) {
      try {
        server = of();
      } catch (IOException missing) {
        String why = "there is no server of PostgreSQL: " + missing.getMessage();
        if (!Boolean.getBoolean("postgres.required")) {
          Assumptions.abort("Skipped: " + why);
        }
        throw new AssertionError(why, missing);
      }
      shared = server;
    }
    return server;
  }

  /**
   * A server of one's own, which ends with this JVM.
   *
   * @param settings as {@code name=value}
   */
  public static PostgresServer of(String... settings) throws IOException {
    PostgresPrograms programs = PostgresPrograms.somewhere();
    try {
      int port = PostgresPrograms.freePort();
      Path data = programs.cluster("data", ADMIN, PASSWORD);
      PostgresServer server = new PostgresServer(programs.folder(), port);
      Process process = programs.server(data, port, settings);
      await().atMost(Duration.ofSeconds(60)).until(() -> server.answers() || !process.isAlive());
      if (!process.isAlive()) {
        throw new IOException("it does not start");
      }
      return server;
    } catch (IOException | RuntimeException e) {
      programs.remove();
      throw e;
    }
  }

  private boolean answers() {
    try (Connection connection = connect(ADMIN, ADMIN)) {
      return connection.isValid(5);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Its port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Makes an empty database and returns its name. */
  public String newDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    execute(ADMIN, "CREATE DATABASE " + name);
    return name;
  }

  /** Makes a copy of a database to which nobody is connected, and returns its name. */
  public String copyOf(String database) {
    String name = "test" + DATABASES.incrementAndGet();
    execute(ADMIN, "CREATE DATABASE " + name + " TEMPLATE " + database);
    return name;
  }

  /** A file of passwords as libpq and the driver read it. */
  public Path passwords() throws IOException {
    Path file = folder.resolve("pgpass");
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, "*:*:*:*:" + PASSWORD + "\n");
    }
    return file;
  }

  /** The location of a table of memories, as somebody types it. */
  public String url(String database) {
    return url(ADMIN, database);
  }

  /** The location of a table of memories for one user. */
  public String url(String user, String database) {
    return "postgresql://" + user + "@127.0.0.1:" + port + "/" + database + "?table=memories";
  }

  /** A connection as any program has one. */
  public Connection connect(String user, String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", PASSWORD);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  /** Makes the table in a database, with metadata that stays as it is written. */
  public MemoryStore makeTable(String database) {
    return makeTable(database, "text");
  }

  /** Makes the table in a database, with metadata of a type. */
  public MemoryStore makeTable(String database, String metadata) {
    return PostgresStore.create(
        StoreLocation.parse(url(database) + "&metadata=" + metadata).orElseThrow(), OPTIONS);
  }

  /** Opens the table in a database. */
  public MemoryStore openTable(String database) {
    return openTable(ADMIN, database);
  }

  /** Opens the table in a database as one user. */
  public MemoryStore openTable(String user, String database) {
    return PostgresStore.open(StoreLocation.parse(url(user, database)).orElseThrow(), OPTIONS);
  }

  /** Removes a database, whoever is connected to it. */
  public void drop(String database) {
    execute(ADMIN, "DROP DATABASE " + database + " WITH (FORCE)");
  }

  /** Does something in a database, as its owner. */
  public void execute(String database, String... statements) {
    try (Connection connection = connect(ADMIN, database);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
