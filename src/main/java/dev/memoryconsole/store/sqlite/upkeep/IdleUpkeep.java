package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derives what is not derived yet, and brings the index of the abstracts up to date, while nothing
 * else goes on: in steps that hold the lock for a millisecond or so, each followed by a longer
 * pause. Until then a search reads the abstracts that wait, so nobody depends on when this happens.
 *
 * <p>Safe for use by many threads; has one of its own.
 */
public final class IdleUpkeep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IdleUpkeep.class);
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long QUIET_NANOS = 300 * NANOS_PER_MILLI;
  private static final int PAUSE_PER_STEP = 4;

  private final Opening opening;
  private final WriteConnection writer;
  private final ReadPool readers;
  private final Checkpointer checkpointer;
  private final Mender mender;
  private final AdoptionFiller filler;
  private final CorpusFlag corpus;
  private final Semaphore news = new Semaphore(1);
  private final Thread thread;

  // Of the indexer's thread alone.
  private long ownRelease;

  public IdleUpkeep(
      Opening opening,
      WriteConnection writer,
      ReadPool readers,
      Checkpointer checkpointer,
      AdoptionFiller filler) {
    this.opening = opening;
    this.writer = writer;
    this.readers = readers;
    this.checkpointer = checkpointer;
    this.mender = new Mender(opening, writer, readers);
    this.filler = filler;
    this.corpus = new CorpusFlag(opening, writer, readers);
    this.thread = Thread.ofPlatform().daemon().name("abstract-indexer").start(this::run);
  }

  /** Says that abstracts may have changed. */
  public void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void run() {
    try {
      while (true) {
        news.acquire();
        news.drainPermits();
        work();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() throws InterruptedException {
    try {
      awaitQuiet();
      for (LockAcquisition event = mender.step(); event != null; event = mender.step()) {
        rest(event);
      }
      for (LockAcquisition event = filler.step(); event != null; event = filler.step()) {
        rest(event);
      }
      for (LockAcquisition event = corpus.step(); event != null; event = corpus.step()) {
        rest(event);
      }
      boolean more = readers.read("look for new abstracts", WriteConnection::hasPendingAbstracts);
      while (more) {
        boolean[] left = new boolean[1];
        LockAcquisition event =
            writer.hold(opening, PURPOSE, "index the abstracts", () -> writer.indexAbstracts(left));
        more = left[0];
        rest(event);
      }
    } catch (StoreException postponed) {
      log.debug("The abstracts are not indexed this time", postponed);
    }
  }

  private void rest(LockAcquisition event) throws InterruptedException {
    ownRelease = writer.lastRelease();
    checkpointer.afterCommit(writer.othersWrite());
    Thread.sleep(1 + PAUSE_PER_STEP * event.holdNanos() / NANOS_PER_MILLI);
    awaitQuiet();
  }

  /** Waits until nobody else in this process has used the lock for a while. */
  private void awaitQuiet() throws InterruptedException {
    while (true) {
      long last = writer.lastRelease();
      long missing = QUIET_NANOS - (System.nanoTime() - last);
      if (last == ownRelease || missing <= 0) {
        return;
      }
      Thread.sleep(1 + missing / NANOS_PER_MILLI);
    }
  }

  /** Waits for the step at work. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
