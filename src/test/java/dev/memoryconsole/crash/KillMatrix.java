package dev.memoryconsole.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.testing.MemoryFolder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at any step, and possibly once more while it is resumed, is finished by the
 * next {@code resume} as if nothing had happened.
 */
@Tag("crash")
abstract class KillMatrix {
  private static final long SEED = 20_261_123;

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private final Map<Scenario, Aftermath> aftermaths = new EnumMap<>(Scenario.class);
  private final AtomicInteger sites = new AtomicInteger();
  private final AtomicInteger kills = new AtomicInteger();
  private final ConcurrentSkipListSet<String> stepsHit = new ConcurrentSkipListSet<>();
  private Child child;

  /**
   * One kill, and perhaps a second one.
   *
   * @param step the step to halt at; null for a kill from outside
   * @param at the n-th time of the step, or milliseconds
   * @param second a step of the resumed run to halt at too; null for one kill
   */
  private record Kill(Scenario scenario, @Nullable String step, int at, @Nullable String second) {}

  @BeforeEach
  void prepare() throws Exception {
    child = Child.in(Files.createDirectories(folder.resolve("child")));
    for (Scenario scenario : Scenario.values()) {
      Path before = Files.createDirectories(folder.resolve(scenario + "-before"));
      aftermaths.put(scenario, Aftermath.of(scenario, before, empty(before), child));
    }
  }

  /** An empty store for the site in a folder. */
  abstract SiteStore empty(Path site) throws IOException;

  /** How many kills at steps the short form has. */
  abstract int kills();

  /** Whether this engine's short form is about a step. */
  abstract boolean isOurs(String step);

  @Test
  void aKillAtAnyStepLosesNothing() throws Exception {
    List<Kill> all = matrix(new Random(SEED));
    all.removeIf(kill -> kill.step() == null || !isOurs(kill.step()));
    Collections.shuffle(all, new Random(SEED));
    List<Kill> chosen = new ArrayList<>(all.subList(0, kills()));
    chosen.addAll(fromOutside(new Random(SEED), kills() / 5));
    // Nothing is left to resume then, and nobody writes the run's end down any more.
    chosen.add(new Kill(Scenario.UPGRADE, "journal UPDATE runs COMPLETED before", 1, null));
    killAll(chosen);
    System.out.printf("kill matrix: %d kills at %d steps%n", kills.get(), stepsHit.size());
    // One from outside may come when all is done.
    assertThat(kills).hasValueGreaterThanOrEqualTo(kills());
  }

  @Test
  @Tag("long")
  void aKillAtEveryStepLosesNothing() throws Exception {
    Random random = new Random(SEED);
    // Each step's first time, and as many of the others as make five hundred.
    List<Kill> others = new ArrayList<>(matrix(random));
    List<Kill> all = new ArrayList<>();
    others.removeIf(kill -> kill.at() == 1 && kill.second() == null && all.add(kill));
    Collections.shuffle(others, random);
    all.addAll(others.subList(0, Math.min(others.size(), Math.max(0, 420 - all.size()))));
    all.addAll(fromOutside(random, 100));
    killAll(all);
    TreeSet<String> steps = new TreeSet<>();
    aftermaths.forEach(
        (scenario, aftermath) ->
            aftermath.steps().keySet().forEach(step -> steps.add(general(scenario + " " + step))));
    assertThat(stepsHit.stream().map(KillMatrix::general)).containsAll(steps);
    assertThat(kills).hasValueGreaterThanOrEqualTo(500);
    System.out.printf("kill matrix: %d kills at %d steps%n", kills.get(), stepsHit.size());
  }

  /** A commit is called by its last change, and which that is depends on what came together. */
  private static String general(String step) {
    return step.replaceFirst("(COMMIT of UPDATE entries) [A-Z]+", "$1");
  }

  /** Every step of every scenario: its first time, its last, one between, and one of a resume. */
  private List<Kill> matrix(Random random) {
    List<Kill> kills = new ArrayList<>();
    aftermaths.forEach(
        (scenario, aftermath) -> {
          List<String> steps = List.copyOf(aftermath.steps().keySet());
          aftermath
              .steps()
              .forEach(
                  (step, times) -> {
                    kills.add(new Kill(scenario, step, 1, null));
                    if (times > 1) {
                      kills.add(new Kill(scenario, step, 1 + random.nextInt(times), null));
                      String second = steps.get(random.nextInt(steps.size()));
                      kills.add(new Kill(scenario, step, 1 + random.nextInt(times), second));
                    }
                  });
        });
    return kills;
  }

  private static List<Kill> fromOutside(Random random, int count) {
    List<Kill> kills = new ArrayList<>();
    List<Scenario> scenarios = List.of(Scenario.values());
    for (int i = 0; i < count; i++) {
      Scenario scenario = scenarios.get(i % scenarios.size());
      kills.add(new Kill(scenario, null, random.nextInt(400), null));
    }
    return kills;
  }

  private void killAll(List<Kill> all) throws Exception {
    ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()))) {
      List<Future<?>> done = new ArrayList<>();
      for (Kill kill : all) {
        done.add(
            pool.submit(
                () -> {
                  try {
                    kill(kill);
                  } catch (Throwable e) {
                    failures.add(kill + ": " + e);
                  }
                }));
      }
      for (Future<?> next : done) {
        next.get();
      }
    }
    assertThat(failures).isEmpty();
  }

  private void kill(Kill kill) throws Exception {
    Scenario scenario = kill.scenario();
    Aftermath aftermath = Objects.requireNonNull(aftermaths.get(scenario));
    Site site = aftermath.before().copyTo(folder.resolve("site-" + sites.incrementAndGet()));
    String step = kill.step();
    Child.End end =
        step == null
            ? child.killedAfter(site, scenario.command(), kill.at())
            : child.haltedAt(site, scenario.command(), step, kill.at());
    count(end, scenario + " " + step);
    String second = kill.second();
    if (second != null && site.runs().containsValue("RUNNING")) {
      // It may be over before it gets there: then it has nothing left to do.
      count(child.haltedAt(site, "resume", second, 1), scenario + " " + second);
    }
    aftermath.check(site);
    site.memories().remove();
    delete(site.folder());
  }

  private void count(Child.End end, String step) {
    assertThat(end.wasKilled() || end.code() == 0).as(end.said()).isTrue();
    if (end.wasKilled()) {
      kills.incrementAndGet();
      stepsHit.add(step);
    }
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
