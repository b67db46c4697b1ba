package dev.memoryconsole.app.desktop;

import dev.memoryconsole.files.FileMutex;
import dev.memoryconsole.store.StoreLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One window for a workspace: whoever starts a second one hands over what it was to open, through a
 * socket in the workspace, which nobody else can look into. Where that can't be, because the path
 * is too long for a socket or the window that is open does not answer, a second window opens as if
 * there were no other. Thread-safe.
 */
public final class SingleWindow implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SingleWindow.class);
  private static final String LOCK = "window.lock";
  private static final String SOCKET = "window.sock";
  private static final String DONE = "ok";

  /** The shortest that a system allows, macOS's, less the end of the string. */
  private static final int LONGEST_PATH = 103;

  /** Longer than any path, and no burden. */
  private static final int LONGEST_LINE = 64 * 1024;

  /** As long as a window may take to come on a busy machine; one that is gone is told at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FileMutex lock;
  private final ServerSocketChannel server;
  private final Path socket;

  private SingleWindow(FileMutex lock, ServerSocketChannel server, Path socket) {
    this.lock = lock;
    this.server = server;
    this.socket = socket;
  }

  /**
   * Makes this process the one whose window a workspace's later starts find.
   *
   * @return empty if another process is that, or none can be
   */
  public static Optional<SingleWindow> claim(Path workspace) {
    Path socket = workspace.resolve(SOCKET);
    if (isTooLong(socket)) {
      return Optional.empty();
    }
    FileMutex lock = null;
    ServerSocketChannel server = null;
    try {
      lock = FileMutex.tryLock(workspace.resolve(LOCK)).orElse(null);
      if (lock == null) {
        return Optional.empty();
      }
      // Who has the lock knows that a socket that is there was left behind.
      Files.deleteIfExists(socket);
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      return Optional.of(new SingleWindow(lock, server, socket));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.info("Later starts open windows of their own: {}", e.toString());
      close(server);
      close(lock);
      return Optional.empty();
    }
  }

  /**
   * Has the window that is open come to the front and open this store.
   *
   * @param store null for no other than it has
   * @return whether it does; false if there is none, or none that answers within seconds
   */
  public static boolean handOver(Path workspace, @Nullable StoreLocation store) {
    Path socket = workspace.resolve(SOCKET);
    if (isTooLong(socket) || !Files.exists(socket)) {
      return false;
    }
    Thread asking = null;
    boolean[] done = new boolean[1];
    try {
      asking = Thread.ofVirtual().start(() -> done[0] = ask(socket, store));
      return asking.join(PATIENCE) && done[0];
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (asking != null) {
        asking.interrupt();
      }
    }
  }

  private static boolean ask(Path socket, @Nullable StoreLocation store) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader answer = reader(channel)) {
      send(channel, store == null ? "" : store.toString());
      return DONE.equals(answer.readLine());
    } catch (IOException e) {
      LOG.info("No window answers: {}", e.toString());
      return false;
    }
  }

  /**
   * Tells what later starts hand over from now on, on threads of its own: a store, or nothing but
   * to come to the front.
   */
  public void follow(Consumer<Optional<StoreLocation>> window) {
    Thread.ofVirtual().name("later-starts").start(() -> listen(window));
  }

  private void listen(Consumer<Optional<StoreLocation>> window) {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        // Each by itself: who connects and says nothing keeps nobody waiting.
        Thread.ofVirtual().start(() -> answer(channel, window));
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.warn("Later starts can't be heard any more", e);
        }
        return;
      }
    }
  }

  private static void answer(SocketChannel channel, Consumer<Optional<StoreLocation>> window) {
    try (channel;
        BufferedReader words = reader(channel)) {
      String line = line(words);
      if (line == null) {
        return;
      }
      window.accept(line.isEmpty() ? Optional.empty() : StoreLocation.parse(line));
      send(channel, DONE);
    } catch (IOException e) {
      LOG.info("A later start went away: {}", e.toString());
    }
  }

  private static @Nullable String line(BufferedReader words) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = words.read(); next != '\n'; next = words.read()) {
      if (next < 0 || line.length() == LONGEST_LINE) {
        return null;
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private static void send(SocketChannel channel, String line) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static BufferedReader reader(SocketChannel channel) {
    return new BufferedReader(
        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  private static boolean isTooLong(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH;
  }

  /** Lets another process be the one. */
  @Override
  public void close() {
    close(server);
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.info("{} stays behind: {}", socket, e.toString());
    }
    close(lock);
  }

  private static void close(@Nullable AutoCloseable resource) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (Exception e) {
      LOG.info("Not closed: {}", e.toString());
    }
  }
}
