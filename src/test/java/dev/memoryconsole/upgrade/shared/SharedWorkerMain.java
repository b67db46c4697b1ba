package dev.memoryconsole.upgrade.shared;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.team.TeamRuns.Standing;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A console in a process of its own, to be killed or to be timed: works on a run until it is over.
 */
public final class SharedWorkerMain {
  private static final long LOOK_MILLIS = 20;

  private SharedWorkerMain() {}

  /** Takes the table's URL, a journal, the run, the lease and the model's time in milliseconds. */
  public static void main(String[] arguments) throws Exception {
    long run = Long.parseLong(arguments[2]);
    int places = Integer.parseInt(arguments[5]);
    try (Console console =
        Console.open(
            arguments[0],
            Path.of(arguments[1]),
            Enrichers.of(slow(Long.parseLong(arguments[4]))),
            Duration.ofMillis(Long.parseLong(arguments[3])))) {
      System.out.println("ready");
      if (System.in.read() < 0) {
        return;
      }
      UpgradeOptions options = UpgradeOptions.DEFAULT.withConcurrency(places);
      int done = 0;
      Standing standing = console.team().standing(run).orElseThrow();
      while (standing.isOpen()) {
        if (standing.isFree()) {
          done += console.upgrades().work(run, options).await().done();
        } else {
          Thread.sleep(LOOK_MILLIS);
        }
        standing = console.team().standing(run).orElseThrow();
      }
      System.out.println("done " + done);
    }
  }

  /** A model that takes a while for everything. */
  static Enricher slow(long millis) {
    Enricher simple = new SimpleEnricher();
    return new Enricher() {
      @Override
      public String name() {
        return "llm:m";
      }

      @Override
      public Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException {
        Thread.sleep(millis);
        return simple.enrich(entry);
      }
    };
  }
}
