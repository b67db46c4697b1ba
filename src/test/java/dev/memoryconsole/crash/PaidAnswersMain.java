package dev.memoryconsole.crash;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunPlan;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes down what a model was paid for, and ends without another word. */
final class PaidAnswersMain {
  private PaidAnswersMain() {}

  /** Journal, and how many answers. */
  public static void main(String[] arguments) {
    int answers = Integer.parseInt(arguments[1]);
    Journal journal = new SqliteJournal(Path.of(arguments[0]));
    long run =
        journal
            .runs()
            .start(
                new RunPlan(
                    "store",
                    RunKind.UPGRADE,
                    "llm:m",
                    10,
                    "FALLBACK",
                    Set.of(),
                    null,
                    IntStream.range(0, answers).mapToObj(i -> "m" + i).toList()),
                1)
            .orElseThrow();
    for (int i = 0; i < answers; i++) {
      journal.entries().write(run, List.of(EntryChange.enriched(i, "hash", "answer " + i)));
    }
    Runtime.getRuntime().halt(0);
  }
}
