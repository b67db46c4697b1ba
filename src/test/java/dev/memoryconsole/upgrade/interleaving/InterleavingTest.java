package dev.memoryconsole.upgrade.interleaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.MemoryFolder;
import dev.memoryconsole.upgrade.interleaving.GatedStore.Fault;
import dev.memoryconsole.upgrade.interleaving.Schedule.Op;
import dev.memoryconsole.upgrade.interleaving.Violation.Kind;
import dev.memoryconsole.upgrade.interleaving.ground.Ground;
import dev.memoryconsole.upgrade.interleaving.ground.SqliteGround;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine against everybody else who writes: nothing lost, nothing resurrected, nothing
 * half-merged, whatever the order.
 */
@Tag("interleaving")
class InterleavingTest {
  private static final int PER_STORE = 250;
  private static final int MOST_SHRINKING = 200;
  private static final long FIRST_SEED = Long.getLong("interleaving.seed", 1);

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private final Map<Op, Integer> acknowledged = new EnumMap<>(Op.class);
  private final Map<EntryState, Integer> outcomes = new EnumMap<>(EntryState.class);
  private int worlds;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void nothingIsLostResurrectedOrHalfMerged() throws Exception {
    playAll(usual());
  }

  @Test
  @Tag("long")
  void nothingIsLostResurrectedOrHalfMergedInManyInterleavings() throws Exception {
    int count = Integer.getInteger("interleaving.count", 12_000);
    long start = System.nanoTime();
    playAll(count);
    PrintStream out = System.out;
    out.printf(
        "interleavings: %,d in %d s; 0 lost, 0 resurrected, 0 half-merged; agents %s; entries %s%n",
        count, (System.nanoTime() - start) / 1_000_000_000, acknowledged, outcomes);
  }

  private void playAll(int count) throws Exception {
    for (int done = 0; done < count; done += PER_STORE) {
      try (World world = world(Fault.NONE)) {
        for (int i = done; i < Math.min(count, done + PER_STORE); i++) {
          Schedule schedule = new Generator(FIRST_SEED + i).schedule();
          List<Violation> violations = play(world, schedule);
          if (!violations.isEmpty()) {
            explain(schedule, violations);
          }
        }
        world.acknowledged().forEach((op, n) -> acknowledged.merge(op, n, Integer::sum));
        world.outcomes().forEach((state, n) -> outcomes.merge(state, n, Integer::sum));
      }
    }
    // Nobody was kept from writing, and every way an entry can end was gone.
    Set<Op> byAgents = EnumSet.allOf(Op.class);
    byAgents.removeAll(EnumSet.of(Op.OTHER_ENGINE, Op.CANCEL, Op.PAUSE));
    assertThat(acknowledged).containsOnlyKeys(byAgents);
    assertThat(outcomes)
        .containsKeys(
            EntryState.UPGRADED,
            EntryState.FALLBACK,
            EntryState.UNDONE,
            EntryState.SKIPPED,
            EntryState.FAILED,
            EntryState.CANCELLED);
  }

  private World world(Fault fault) throws Exception {
    Path home = Files.createDirectories(folder.resolve("world" + worlds++));
    return new World(home, ground(home), fault);
  }

  /** An empty store of its own. */
  Ground ground(Path home) {
    Path file = home.resolve("store.db");
    SqliteStore.create(file).close();
    return new SqliteGround(file);
  }

  /** How many interleavings are played each time all tests are run. */
  int usual() {
    return 1_000;
  }

  private static List<Violation> play(World world, Schedule schedule) {
    try {
      return world.play(schedule);
    } catch (Exception e) {
      throw new AssertionError("could not be played: " + schedule, e);
    }
  }

  private void explain(Schedule schedule, List<Violation> violations) throws Exception {
    Schedule smallest = shrink(schedule, kinds(violations));
    fail(
        "%s%nof %s%n%nshrunk to %s",
        violations.stream().map(Violation::toString).collect(Collectors.joining("\n")),
        schedule,
        smallest);
  }

  /** Leaves out steps and runs as long as the same kind of damage is still done. */
  private Schedule shrink(Schedule schedule, Set<Kind> kinds) throws Exception {
    Schedule smallest = schedule;
    int tries = 0;
    boolean smaller = true;
    while (smaller && tries < MOST_SHRINKING) {
      smaller = false;
      for (Schedule candidate : smallest.smaller()) {
        tries++;
        try (World world = world(Fault.NONE)) {
          Set<Kind> now = kinds(play(world, candidate));
          now.retainAll(kinds);
          if (!now.isEmpty()) {
            smallest = candidate;
            smaller = true;
            break;
          }
        }
      }
    }
    return smallest;
  }

  private static Set<Kind> kinds(List<Violation> violations) {
    return violations.stream().map(Violation::kind).collect(Collectors.toCollection(HashSet::new));
  }

  /** An upgrader that breaks one of the store's promises must not get through. */
  @ParameterizedTest
  @CsvSource({
    "MERGES_WHAT_IT_READ_EARLIER, LOST",
    "IGNORES_THE_TEXT, HALF_MERGED",
    "INSERTS_WHAT_IS_GONE, RESURRECTED",
    "FORGETS_THE_MARKER, HALF_MERGED",
    "UNDOES_WHOLE_ROWS, LOST"
  })
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void theOracleConvictsACarelessUpgrader(Fault fault, Kind kind) throws Exception {
    Set<Kind> found = new HashSet<>();
    try (World world = world(fault)) {
      for (long seed = FIRST_SEED; seed < FIRST_SEED + 400 && !found.contains(kind); seed++) {
        found.addAll(kinds(play(world, new Generator(seed).schedule())));
      }
    }
    assertThat(found).contains(kind);
  }
}
