package dev.memoryconsole.lock.redis;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real Redis of this machine only, on a port of its own, which keeps nothing on the disk. */
public final class RedisServer implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final List<String> options;
  private @Nullable Process process;

  private RedisServer(Path folder, int port, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.options = options;
  }

  /**
   * Starts one. Skips the test where there is none; with {@code -Dredis.required=true} fails it
   * instead.
   */
  public static RedisServer start(Path folder, String... options) throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    RedisServer server = new RedisServer(folder, free, List.of(options));
    try {
      server.start();
    } catch (IOException missing) {
      String why =
          "there is no redis-server on the PATH"
              + (server.isEncrypted() ? " that speaks TLS" : "")
              + "; install the package redis-server.";
      throw missing(why);
    }
    return server;
  }

  private static AssertionError missing(String why) {
    if (!Boolean.getBoolean("redis.required")) {
      Assumptions.abort("Skipped: " + why);
    }
    return new AssertionError(why);
  }

  /**
   * Starts one that speaks TLS only, with a certificate for 127.0.0.1 of an authority of its own.
   * Skips the test where there is no redis-server with TLS or no openssl; with {@code
   * -Dredis.required=true} fails it instead.
   */
  public static RedisServer startEncrypted(Path folder) throws IOException, InterruptedException {
    String[] commands = {
      "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ours -keyout ca.key -out ca.pem",
      "req -newkey rsa:2048 -nodes -subj /CN=redis -addext subjectAltName=IP:127.0.0.1"
          + " -keyout redis.key -out redis.csr",
      "x509 -req -in redis.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
          + " -copy_extensions copy -out redis.pem"
    };
    for (String command : commands) {
      List<String> words = new ArrayList<>(List.of("openssl"));
      words.addAll(List.of(command.split(" ", -1)));
      ProcessBuilder openssl =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile());
      try {
        if (openssl.start().waitFor() != 0) {
          fail(Files.readString(folder.resolve("openssl.log")));
        }
      } catch (IOException missing) {
        throw missing("there is no openssl on the PATH; install the package openssl.");
      }
    }
    return start(
        folder,
        "--tls-cert-file",
        folder.resolve("redis.pem").toString(),
        "--tls-key-file",
        folder.resolve("redis.key").toString(),
        "--tls-ca-cert-file",
        authority(folder).toString(),
        "--tls-auth-clients",
        "no");
  }

  /** The certificate of the authority of {@link #startEncrypted}. */
  public static Path authority(Path folder) {
    return folder.resolve("ca.pem");
  }

  /** Starts it again after {@link #stop}; it has forgotten everything. */
  public void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                isEncrypted() ? "0" : String.valueOf(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString()));
    if (isEncrypted()) {
      command.addAll(List.of("--tls-port", String.valueOf(port)));
    }
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(30)).until(() -> answers() || !isAlive());
    if (!isAlive()) {
      throw new IOException("It does not start: " + Files.readString(folder.resolve("redis.log")));
    }
  }

  private boolean isAlive() {
    return process != null && process.isAlive();
  }

  private boolean isEncrypted() {
    return options.contains("--tls-cert-file");
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ends it at once. */
  public void stop() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  /** Its address without a password. */
  public String url() {
    return (isEncrypted() ? "rediss" : "redis") + "://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    stop();
  }
}
