package dev.memoryconsole.store.lance;

import dev.memoryconsole.lock.AgreedLock;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockInspection;
import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.lockfile.ProperLockfile;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The plugin's lock, with something that happens right before or after a commit under it. */
public final class FailingLock implements AgreedLock {
  /** Where in an acquisition. */
  public enum Point {
    /** Right before the commit. */
    BEFORE,
    /** Right after it. */
    AFTER,
    /** When the lock is let go of. */
    RELEASE
  }

  /** What happens there. */
  @FunctionalInterface
  public interface Fault {
    /** May fail. */
    void at(Point point);
  }

  private final AgreedLock real;
  private final Fault fault;

  private FailingLock(AgreedLock real, Fault fault) {
    this.real = real;
    this.fault = fault;
  }

  /** How to open a store with such a lock. */
  public static LanceOptions options(Fault fault) {
    return new LanceOptions(
        LanceOptions.PATIENCE,
        Clock.systemUTC(),
        PluginTable.natives(),
        Optional::empty,
        Optional::empty,
        List.of(),
        (target, metrics, clock) ->
            new FailingLock(new ProperLockfile(target, metrics, clock), fault));
  }

  @Override
  public Held acquire(LockPurpose purpose, Duration patience) throws InterruptedException {
    Held held = real.acquire(purpose, patience);
    boolean counts = purpose.kind() != LockPurpose.Kind.OTHER;
    return new Held() {
      @Override
      public void checkNotCompromised() {
        held.checkNotCompromised();
        happens(Point.BEFORE);
      }

      @Override
      public void wrote(int written) {
        held.wrote(written);
        happens(Point.AFTER);
      }

      @Override
      public void close() {
        held.close();
        happens(Point.RELEASE);
      }

      @Override
      public LockAcquisition event() {
        return held.event();
      }

      private void happens(Point point) {
        if (counts) {
          fault.at(point);
        }
      }
    };
  }

  @Override
  public void awaitMoment() throws InterruptedException {
    real.awaitMoment();
  }

  @Override
  public void pacedBy(LockPacing pacing) {
    real.pacedBy(pacing);
  }

  @Override
  public void watchOthers() {
    real.watchOthers();
  }

  @Override
  public LockInspection inspection() {
    return real.inspection();
  }

  @Override
  public void close() {
    real.close();
  }
}
