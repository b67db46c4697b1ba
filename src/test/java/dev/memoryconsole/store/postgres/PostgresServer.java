package dev.memoryconsole.store.postgres;

import static org.awaitility.Awaitility.await;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.tukaani.xz.XZInputStream;

/**
 * A real server of PostgreSQL of this machine only, on a port of its own: one for all tests of this
 * JVM, which ends with it, however that ends. It never runs as root, which it refuses.
 */
public final class PostgresServer {
  /** Who owns everything. */
  public static final String ADMIN = "postgres";

  /** The password of everybody. */
  public static final String PASSWORD = "s3cret of tests";

  private static final PostgresOptions OPTIONS =
      new PostgresOptions(
          PostgresOptions.PATIENCE, Clock.systemUTC(), ADMIN, keychain -> Optional.of(PASSWORD));

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable PostgresServer shared;

  private final Path folder;
  private final Path programs;
  private final int port;

  private PostgresServer(Path folder, Path programs, int port) {
    this.folder = folder;
    this.programs = programs;
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
        server = started();
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

  private static PostgresServer started() throws IOException {
    // Everybody may go through it: the server is another user.
    Path folder =
        Files.createTempDirectory(
            "postgres",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try {
      PostgresServer server = new PostgresServer(folder, programs(folder), freePort());
      server.initialise();
      server.start();
      return server;
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where initdb and postgres are: unpacked, or installed. */
  private static Path programs(Path folder) throws IOException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    try (InputStream packed =
        PostgresServer.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
      if (packed != null && system.equals("Linux amd64")) {
        Path unpacked = Files.createDirectory(folder.resolve("programs"));
        unpack(packed, unpacked);
        return unpacked.resolve("bin");
      }
    }
    List<Path> places = new ArrayList<>();
    Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
        .map(Path::of)
        .forEach(places::add);
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .sorted(Comparator.reverseOrder())
            .map(each -> each.resolve("bin"))
            .forEach(places::add);
      }
    }
    return places.stream()
        .filter(place -> Files.isExecutable(place.resolve("initdb")))
        .findFirst()
        .orElseThrow(() -> new IOException("install the package postgresql"));
  }

  private static void unpack(InputStream packed, Path folder) throws IOException {
    Process tar =
        new ProcessBuilder("tar", "-x", "--no-same-owner", "-C", folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream into = tar.getOutputStream()) {
      new XZInputStream(packed).transferTo(into);
    }
    if (exit(tar) != 0) {
      throw new IOException("tar can't unpack it");
    }
  }

  private static int exit(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void initialise() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    if (isRoot()) {
      int changed =
          exit(new ProcessBuilder("chown", "65534:65534", data.toString()).inheritIO().start());
      if (changed != 0) {
        throw new IOException("its folder can't be given to another user");
      }
    }
    run(
        "initdb",
        "--no-sync",
        "--encoding=UTF8",
        "--no-locale",
        "--auth=scram-sha-256",
        "--username=" + ADMIN,
        "--pwfile=" + password,
        "--pgdata=" + data);
    Files.delete(password);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void run(String program, String... arguments) throws IOException {
    Path log = folder.resolve(program + ".log");
    Process process =
        new ProcessBuilder(command(program, arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (exit(process) != 0) {
      throw new IOException(program + " failed: " + Files.readString(log).strip());
    }
  }

  /**
   * A shell beside it ends it and removes the folder when this JVM is gone, also if it is killed.
   */
  private void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "sh",
            "-c",
            "folder=$1; shift; \"$@\" & server=$!; read -r end; kill -INT $server; wait $server;"
                + " rm -rf \"$folder\"",
            "sh",
            folder.toString()));
    command.addAll(
        command(
            "postgres",
            "-D",
            folder.resolve("data").toString(),
            "-p",
            String.valueOf(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off",
            "-c",
            "shared_buffers=32MB",
            "-c",
            "max_connections=200"));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("postgres.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> answers() || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException("it does not start");
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    process.getOutputStream().close();
                    exit(process);
                  } catch (IOException gone) {
                    // Then it has ended by itself.
                  }
                }));
  }

  private boolean answers() {
    try (Connection connection = connect(ADMIN, ADMIN)) {
      return connection.isValid(5);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
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
    return PostgresStore.create(
        StoreLocation.parse(url(database) + "&metadata=text").orElseThrow(), OPTIONS);
  }

  /** Opens the table in a database. */
  public MemoryStore openTable(String database) {
    return PostgresStore.open(StoreLocation.parse(url(database)).orElseThrow(), OPTIONS);
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
