package dev.memoryconsole.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, and a folder in which they work. They never run as root, which they
 * refuse: as another user then.
 */
final class PostgresPrograms {
  private final Path folder;
  private final Path programs;

  private PostgresPrograms(Path folder, Path programs) {
    this.folder = folder;
    this.programs = programs;
  }

  /**
   * In a new folder.
   *
   * @throws IOException if there are none
   */
  static PostgresPrograms somewhere() throws IOException {
    // Everybody may go through it: the server is another user.
    Path folder =
        Files.createTempDirectory(
            "postgres",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try {
      return new PostgresPrograms(folder, programs(folder));
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  /** Where they work. */
  Path folder() {
    return folder;
  }

  /** A port of this machine that nobody listens at. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where initdb and postgres are: unpacked, or installed. */
  private static Path programs(Path folder) throws IOException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    try (InputStream packed =
        PostgresPrograms.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
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

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** The command line of one. */
  List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs one to its end. */
  void run(String program, String... arguments) throws IOException {
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

  /** A folder that is the server's alone. */
  Path ownedByServer(String name) throws IOException {
    Path data = Files.createDirectory(folder.resolve(name));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    if (isRoot()) {
      int changed =
          exit(new ProcessBuilder("chown", "65534:65534", data.toString()).inheritIO().start());
      if (changed != 0) {
        throw new IOException("its folder can't be given to another user");
      }
    }
    return data;
  }

  /** A cluster in which everybody has this password. */
  Path cluster(String name, String owner, String secret) throws IOException {
    Path password = Files.writeString(folder.resolve(name + "-password"), secret);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    Path data = ownedByServer(name);
    run(
        "initdb",
        "--no-sync",
        "--encoding=UTF8",
        "--no-locale",
        "--auth=scram-sha-256",
        "--username=" + owner,
        "--pwfile=" + password,
        "--pgdata=" + data);
    Files.delete(password);
    return data;
  }

  /**
   * Starts a server on 127.0.0.1, which does not answer yet. A shell beside it ends it and removes
   * the folder when this JVM is gone, also if that is killed.
   *
   * @param settings as {@code name=value}
   */
  Process server(Path data, int port, String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "sh",
            "-c",
            "folder=$1; shift; \"$@\" & server=$!; read -r end; kill -INT $server; wait $server;"
                + " rm -rf \"$folder\"",
            "sh",
            folder.toString()));
    command.addAll(command("postgres", "-D", data.toString(), "-p", String.valueOf(port)));
    List<String> all =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "shared_buffers=32MB",
                "max_connections=200"));
    all.addAll(List.of(settings));
    all.forEach(setting -> command.addAll(List.of("-c", setting)));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Path.of(data + ".log").toFile())
            .start();
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
    return process;
  }

  /** Removes the folder. */
  void remove() throws IOException {
    remove(folder);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
