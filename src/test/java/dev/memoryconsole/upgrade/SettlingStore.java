package dev.memoryconsole.upgrade;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.lance.LanceOptions;
import dev.memoryconsole.testing.Doubles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A real store that is said to need a second look after each commit, with others at work. */
public final class SettlingStore {
  /** Comes in after the n-th commit of the engine, counted from 1. */
  public interface Other {
    void after(int commit) throws Exception;
  }

  private final MemoryStore store;
  private final List<Other> others = new CopyOnWriteArrayList<>();
  private volatile Duration settling;
  private final AtomicInteger commits = new AtomicInteger();

  public SettlingStore(MemoryStore real, Duration settlingAtFirst) {
    settling = settlingAtFirst;
    store =
        Doubles.like(
            MemoryStore.class,
            real,
            (proxy, method, arguments) -> {
              if (method.getName().equals("settling")) {
                return settling;
              }
              if (method.getName().equals("laterLooks")) {
                return LanceOptions.LOOKS;
              }
              Object result = Doubles.handOn(real, method, arguments);
              if (method.getName().equals("patch")
                  && arguments[2] instanceof LockPurpose purpose
                  && purpose.run() != 0) {
                int commit = commits.incrementAndGet();
                for (Other other : others) {
                  other.after(commit);
                }
              }
              return result;
            });
  }

  /** For runs that begin from now on. */
  public void settleIn(Duration other) {
    settling = other;
  }

  public MemoryStore store() {
    return store;
  }

  public void other(Other other) {
    others.add(other);
  }
}
