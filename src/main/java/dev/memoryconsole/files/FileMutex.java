package dev.memoryconsole.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A lock of the operating system on a file that serves for nothing else: held by one of all threads
 * of all processes, released by the system when its process is gone.
 *
 * <p>A process has such a file open once at most: who closes a second descriptor, because it had to
 * wait for too long, would take the lock from who has it. So this process's threads queue for the
 * file before they open it.
 */
public final class FileMutex implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;
  private static final Map<Path, Queue> QUEUES = new HashMap<>();

  private final Queue queue;
  private final FileChannel channel;
  private boolean closed;

  private FileMutex(Queue queue, FileChannel channel) {
    this.queue = queue;
    this.channel = channel;
  }

  private static final class Queue {
    private final Path file;
    private final Semaphore turn = new Semaphore(1, true);
    // Guarded by the map.
    private int users;

    Queue(Path file) {
      this.file = file;
    }
  }

  /** Waits for its turn for as long as it takes; makes the file if it is not there. */
  public static FileMutex lock(Path file) throws IOException, InterruptedException {
    Queue queue = enter(file);
    boolean locked = false;
    try {
      queue.turn.acquire();
      locked = true;
    } finally {
      if (!locked) {
        leave(queue);
      }
    }
    return open(queue, true).orElseThrow();
  }

  /**
   * Locks it if nobody has it; makes the file if it is not there.
   *
   * @return empty if it is locked, by whatever thread of whatever process
   */
  public static Optional<FileMutex> tryLock(Path file) throws IOException {
    Queue queue = enter(file);
    if (!queue.turn.tryAcquire()) {
      leave(queue);
      return Optional.empty();
    }
    try {
      return open(queue, false);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<FileMutex> open(Queue queue, boolean wait)
      throws IOException, InterruptedException {
    FileChannel channel = null;
    boolean locked = false;
    try {
      while (true) {
        if (channel == null) {
          channel =
              FileChannel.open(queue.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        if (isLocked(channel)) {
          if (Files.exists(queue.file)) {
            locked = true;
            return Optional.of(new FileMutex(queue, channel));
          }
          // Removed by who had it before: a lock on it keeps nobody out.
          channel.close();
          channel = null;
        } else if (wait) {
          Thread.sleep(PAUSE_MILLIS);
        } else {
          return Optional.empty();
        }
      }
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException();
    } finally {
      if (!locked) {
        end(queue, channel);
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException byAnotherCopyOfThisClass) {
      return false;
    }
  }

  private static void end(Queue queue, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      queue.turn.release();
      leave(queue);
    }
  }

  // By its path: nobody links or renames such a file, and it may not be there yet.
  private static Queue enter(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    Path key =
        folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName().toString());
    synchronized (QUEUES) {
      Queue queue = QUEUES.computeIfAbsent(key, Queue::new);
      queue.users++;
      return queue;
    }
  }

  private static void leave(Queue queue) {
    synchronized (QUEUES) {
      queue.users--;
      if (queue.users == 0) {
        QUEUES.remove(queue.file);
      }
    }
  }

  /** Lets the next one in. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      end(queue, channel);
    }
  }
}
