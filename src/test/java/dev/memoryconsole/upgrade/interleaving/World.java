package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.upgrade.interleaving.Schedule.Action;
import dev.memoryconsole.upgrade.interleaving.Schedule.Op;
import dev.memoryconsole.upgrade.interleaving.Schedule.Place;
import dev.memoryconsole.upgrade.interleaving.Schedule.StartRow;
import dev.memoryconsole.upgrade.interleaving.Schedule.Step;
import dev.memoryconsole.upgrade.interleaving.ground.Ground;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One store, two engines and the agents. Plays schedules, each on rows of its own. */
final class World implements AutoCloseable {
  private final Path folder;
  private final Ground ground;
  private final History history = new History();
  private final Agents agents;
  private final List<Engine> engines;
  private final ExecutorService nested = Executors.newVirtualThreadPerTaskExecutor();
  private int played;

  World(Path folder, Ground ground, GatedStore.Fault fault) throws Exception {
    this.folder = folder;
    this.ground = ground;
    agents = new Agents(ground);
    Clock clock = new Counting();
    AtomicInteger calls = new AtomicInteger();
    engines = List.of(engine(0, clock, calls, fault), engine(1, clock, calls, fault));
  }

  private Engine engine(int number, Clock clock, AtomicInteger calls, GatedStore.Fault fault) {
    return new Engine(number, ground, folder, history, clock, calls, fault, agents::lastWrite);
  }

  /** No two markers of one time. */
  private static final class Counting extends Clock {
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);

    @Override
    public long millis() {
      return millis.incrementAndGet();
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Plays a schedule; answers what went wrong. */
  List<Violation> play(Schedule schedule) throws SQLException {
    String prefix = "s" + played++ + "-r";
    List<String> ids = new ArrayList<>();
    long from = agents.lastWrite();
    history.runs.clear();
    engines.forEach(Engine::forgetRuns);
    for (StartRow row : schedule.rows()) {
      String id = prefix + ids.size();
      ids.add(id);
      agents.insert(id, new History.Row(row.text(), row.category(), row.scope(), row.metadata()));
    }
    for (Action action : schedule.actions()) {
      play(action, ids);
    }
    List<Violation> violations = new ArrayList<>(Oracle.judge(history, agents.logSince(from)));
    violations.addAll(agents.complaints(ids));
    return violations;
  }

  private void play(Action action, List<String> ids) {
    Turns turns = new Turns(action, ids);
    turns.reached(Place.BEFORE_RUN);
    engines.get(action.engine()).run(action, action.rows().stream().map(ids::get).toList(), turns);
    turns.reached(Place.AFTER_RUN);
  }

  /** Lets the others do what is their turn. */
  private final class Turns implements Gates {
    private final Action action;
    private final List<String> ids;
    private final Map<Place, AtomicInteger> counts = new EnumMap<>(Place.class);

    Turns(Action action, List<String> ids) {
      this.action = action;
      this.ids = ids;
      for (Place place : Place.values()) {
        counts.put(place, new AtomicInteger());
      }
    }

    @Override
    public int reached(Place place) {
      int count = counts.getOrDefault(place, new AtomicInteger()).incrementAndGet();
      for (Step step : action.steps()) {
        if (step.place() == place && step.count() == count) {
          take(step);
        }
      }
      return count;
    }

    private void take(Step step) {
      Engine engine = engines.get(action.engine());
      String id = ids.get(step.row() % ids.size());
      switch (step.op()) {
        case CANCEL -> engine.cancel();
        case PAUSE -> engine.pause();
        case OTHER_ENGINE -> upgradeByTheOther(id);
        case POISON -> {
          history.poisoned.add(id);
          agents.act(step.op(), id, step.value());
        }
        default -> agents.act(step.op(), id, step.value());
      }
    }

    /** In a thread of its own: the one that came here may have been interrupted. */
    private void upgradeByTheOther(String id) {
      Action upgrade =
          new Action(
              Schedule.Run.UPGRADE,
              1 - action.engine(),
              List.of(),
              Set.of(),
              1,
              1,
              Set.of(),
              false,
              action.swap(),
              List.of());
      CompletableFuture.runAsync(
              () -> engines.get(upgrade.engine()).run(upgrade, List.of(id), Gates.NOBODY), nested)
          .join();
    }
  }

  /** What the agents did, as acknowledged. */
  Map<Op, Integer> acknowledged() {
    return agents.acknowledged();
  }

  /** How the entries of all runs ended. */
  Map<EntryState, Integer> outcomes() {
    Map<EntryState, Integer> all = new EnumMap<>(EntryState.class);
    engines.forEach(
        engine -> engine.outcomes().forEach((state, n) -> all.merge(state, n, Integer::sum)));
    return all;
  }

  @Override
  public void close() throws SQLException {
    engines.forEach(Engine::close);
    nested.close();
    agents.close();
    ground.close();
  }
}
