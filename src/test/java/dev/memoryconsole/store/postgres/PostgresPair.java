package dev.memoryconsole.store.postgres;

import static org.awaitility.Awaitility.await;

import dev.memoryconsole.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * Two servers of PostgreSQL: a primary, and a standby to which it streams, and without which it
 * acknowledges no commit.
 */
public final class PostgresPair implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String DATABASE = "failover";

  private final PostgresPrograms programs;
  private final Path primary;
  private final int primaryPort;
  private final int standbyPort;
  private final List<Process> servers;

  private PostgresPair(
      PostgresPrograms programs,
      Path primary,
      int primaryPort,
      int standbyPort,
      List<Process> servers) {
    this.programs = programs;
    this.primary = primary;
    this.primaryPort = primaryPort;
    this.standbyPort = standbyPort;
    this.servers = servers;
  }

  /** Starts both, with an empty database. */
  public static PostgresPair start() throws IOException, SQLException, InterruptedException {
    PostgresPrograms programs = PostgresPrograms.somewhere();
    Path data = programs.cluster("primary", PostgresServer.ADMIN, PostgresServer.PASSWORD);
    // A cluster that has never run is its own base backup.
    Path copy = programs.folder().resolve("standby");
    Process copying = new ProcessBuilder("cp", "-a", data.toString(), copy.toString()).start();
    if (copying.waitFor() != 0) {
      throw new IOException("it can't be copied");
    }
    Files.createFile(copy.resolve("standby.signal"));
    int port = PostgresPrograms.freePort();
    int other = PostgresPrograms.freePort();
    Process first =
        programs.server(data, port, "synchronous_standby_names=*", "wal_keep_size=256MB");
    await().atMost(LONG).until(() -> answers(port));
    Process second =
        programs.server(
            copy,
            other,
            "primary_conninfo=host=127.0.0.1 port=%d user=%s password='%s'"
                .formatted(port, PostgresServer.ADMIN, PostgresServer.PASSWORD));
    PostgresPair pair = new PostgresPair(programs, data, port, other, List.of(first, second));
    await().atMost(LONG).until(() -> answers(other) && pair.isSynchronous());
    try (Connection connection = connect("127.0.0.1:" + port, PostgresServer.ADMIN);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
    return pair;
  }

  private static Connection connect(String hosts, String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", PostgresServer.ADMIN);
    properties.setProperty("password", PostgresServer.PASSWORD);
    properties.setProperty("hostRecheckSeconds", "0");
    if (hosts.contains(",")) {
      properties.setProperty("targetServerType", "primary");
    }
    return DriverManager.getConnection("jdbc:postgresql://" + hosts + "/" + database, properties);
  }

  private static boolean answers(int port) {
    try (Connection connection = connect("127.0.0.1:" + port, PostgresServer.ADMIN)) {
      return connection.isValid(5);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private boolean isSynchronous() throws SQLException {
    try (Connection connection = connect("127.0.0.1:" + primaryPort, PostgresServer.ADMIN);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_replication"
                    + " WHERE state = 'streaming' AND sync_state IN ('sync', 'quorum')")) {
      row.next();
      return row.getInt(1) == 1;
    }
  }

  /** Both hosts, as somebody types them. */
  String hosts() {
    return "127.0.0.1:" + primaryPort + ",127.0.0.1:" + standbyPort;
  }

  /** The location of a table, as somebody types it. */
  public String url() {
    return "postgresql://%s@%s/%s?table=memories&targetServerType=primary"
        .formatted(PostgresServer.ADMIN, hosts(), DATABASE);
  }

  /** The location of the standby's copy of that table. */
  public String standbyUrl() {
    return "postgresql://%s@127.0.0.1:%d/%s?table=memories"
        .formatted(PostgresServer.ADMIN, standbyPort, DATABASE);
  }

  /** Makes the table. */
  public void makeTable() {
    PostgresStore.create(StoreLocation.parse(url()).orElseThrow(), PostgresEngine.OPTIONS).close();
  }

  /** A connection to whichever is the primary. */
  public Connection connect() throws SQLException {
    return connect(hosts(), DATABASE);
  }

  /** Kills the primary with all that belongs to it. */
  public void killPrimary() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(primary.resolve("postmaster.pid")).getFirst());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    // The server itself first: it would not start anything anew.
    List<ProcessHandle> all = server.descendants().toList();
    server.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Makes the standby the primary. */
  public void promoteStandby() throws SQLException {
    try (Connection connection = connect("127.0.0.1:" + standbyPort, PostgresServer.ADMIN);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_promote(true, 60)");
    }
  }

  @Override
  public void close() throws IOException {
    for (Process server : servers) {
      server.getOutputStream().close();
    }
    await().atMost(LONG).until(() -> servers.stream().noneMatch(Process::isAlive));
    if (Files.exists(programs.folder())) {
      programs.remove();
    }
  }
}
