package dev.memoryconsole.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.python.PythonAgent;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a lock is held is asked of another process: in this one a lock that the operating system
 * has dropped long ago still looks held.
 */
@Tag("slow")
class FileMutexTest {
  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Path file;
  private PythonAgent other;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("lock");
    other = PythonAgent.on(folder.resolve("unused.db"));
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    other.close();
  }

  private String askedElsewhere() throws IOException {
    return other.tell("lock", file);
  }

  /** A thread that waits for the lock, and how it ended. */
  private final class Waiter {
    private final CompletableFuture<Thread> thread = new CompletableFuture<>();
    private final Future<FileMutex> lock =
        threads.submit(
            () -> {
              thread.complete(Thread.currentThread());
              return FileMutex.lock(file);
            });

    Waiter() throws Exception {
      Thread waiting = thread.get();
      await()
          .until(
              () ->
                  waiting.getState() == Thread.State.WAITING
                      || waiting.getState() == Thread.State.TIMED_WAITING);
    }

    void cancel() throws Exception {
      thread.get().interrupt();
      assertThatThrownBy(lock::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(InterruptedException.class)
          .isNotInstanceOf(ClosedByInterruptException.class);
    }
  }

  @Test
  void aWaiterThatIsCancelledLeavesTheLockToWhoHasIt() throws Exception {
    try (FileMutex _ = FileMutex.lock(file)) {
      new Waiter().cancel();
      assertThat(FileMutex.tryLock(file)).isEmpty();
      assertThat(askedElsewhere()).isEqualTo("taken");
    }
    assertThat(askedElsewhere()).isEqualTo("free");
  }

  @Test
  void whoWaitsInThisProcessIsNextEvenIfOneBeforeWasCancelled() throws Exception {
    FileMutex first = FileMutex.lock(file);
    Waiter cancelled = new Waiter();
    Waiter next = new Waiter();
    cancelled.cancel();
    first.close();
    first.close();
    try (FileMutex _ = next.lock.get(10, TimeUnit.SECONDS)) {
      assertThat(askedElsewhere()).isEqualTo("taken");
    }
    assertThat(askedElsewhere()).isEqualTo("free");
  }

  @Test
  void aWaiterForAnotherProcessIsCancelledAndTheNextOneGetsIt() throws Exception {
    Files.createFile(file);
    assertThat(other.tell("hold", file)).isEqualTo("held");
    assertThat(FileMutex.tryLock(file)).isEmpty();
    new Waiter().cancel();
    Waiter next = new Waiter();
    assertThat(next.lock).isNotDone();
    other.close();
    next.lock.get(10, TimeUnit.SECONDS).close();
  }

  @Test
  void aFileThatItsHolderRemovesIsMadeAnewForTheNextOne() throws Exception {
    FileMutex first = FileMutex.lock(file);
    Waiter next = new Waiter();
    Files.delete(file);
    first.close();
    try (FileMutex _ = next.lock.get(10, TimeUnit.SECONDS)) {
      assertThat(askedElsewhere()).isEqualTo("taken");
    }
  }
}
