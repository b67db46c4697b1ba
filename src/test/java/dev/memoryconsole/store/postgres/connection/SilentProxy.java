package dev.memoryconsole.store.postgres.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The way to a server of this machine, on which from some moment on nothing comes through. */
public final class SilentProxy implements AutoCloseable {
  private static final int BUFFER = 8_192;

  private final int server;
  private final ServerSocket here;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;

  /** The way to this port. */
  public SilentProxy(int server) throws IOException {
    this.server = server;
    here = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it begins. */
  public int port() {
    return here.getLocalPort();
  }

  /** From now on nothing comes through, and nobody is told. */
  public void fallSilent() {
    silent = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = here.accept();
        Socket other = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(client);
        open.add(other);
        Thread.ofVirtual().start(() -> pass(client, other));
        Thread.ofVirtual().start(() -> pass(other, client));
      }
    } catch (IOException closed) {
      // Nobody comes any more.
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!silent) {
          out.write(buffer, 0, read);
        }
      }
      if (!silent) {
        to.close();
      }
    } catch (IOException gone) {
      // Either side has ended it.
    }
  }

  @Override
  public void close() throws IOException {
    here.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
