package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamRuns;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says again and again that this console is there, and listens to what the admin wants meanwhile. A
 * beat that does not come through is no end: the lease is lost only when somebody else takes it,
 * and that is seen at the next one, or at the next write. Safe for use by many threads.
 */
final class TeamHeartbeats implements AutoCloseable {
  /** Who has nothing to be told. */
  static final TeamRuns.Listener NOBODY =
      new TeamRuns.Listener() {
        @Override
        public void beat() {
          // Nothing to be told.
        }

        @Override
        public void pause(boolean resting) {
          // Nothing to be told.
        }

        @Override
        public void stop() {
          // What is written next is refused.
        }
      };

  private static final Logger LOG = LoggerFactory.getLogger(TeamHeartbeats.class);
  // A busy machine, or a server that takes its time, may cost a few.
  private static final int BEATS_PER_LEASE = 6;

  private final TeamDatabase database;
  private final TeamParts parts;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("shared-run-heartbeat").daemon().factory());
  private final Map<Long, Future<?>> beating = new ConcurrentHashMap<>();

  TeamHeartbeats(TeamDatabase database, TeamParts parts) {
    this.database = database;
    this.parts = parts;
  }

  /** Begins to say that a part is there. */
  void begin(long run, long worker, TeamRuns.Listener listener) {
    long every = Math.max(1, parts.lease().toMillis() / BEATS_PER_LEASE);
    Future<?> before =
        beating.put(
            run,
            beats.scheduleWithFixedDelay(
                () -> beat(run, worker, listener), every, every, TimeUnit.MILLISECONDS));
    if (before != null) {
      before.cancel(false);
    }
  }

  private void beat(long run, long worker, TeamRuns.Listener listener) {
    try {
      String wish =
          database.write(
              (_, statements) -> {
                if (!parts.prolong(statements, worker)) {
                  return RunState.CANCELLED.name();
                }
                return statements
                    .list(
                        "SELECT wish FROM memory_console.runs WHERE id = ?",
                        row -> row.getString(1),
                        run)
                    .stream()
                    .findFirst()
                    .orElse(RunState.CANCELLED.name());
              });
      if (wish.equals(RunState.CANCELLED.name())) {
        listener.stop();
      } else {
        listener.pause(wish.equals(RunState.PAUSED.name()));
        listener.beat();
      }
    } catch (JournalException e) {
      LOG.warn("A sign of life did not come through: {}", e.getMessage());
    } catch (RuntimeException e) {
      // The executor would let go of it without a word.
      LOG.error("A sign of life ended unexpectedly", e);
    }
  }

  /** No more of these. */
  void end(long run) {
    Future<?> ended = beating.remove(run);
    if (ended != null) {
      ended.cancel(false);
    }
  }

  @Override
  public void close() {
    beats.shutdownNow();
  }
}
