package dev.memoryconsole.cli.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cli.Answer;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Plans;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code purge}: that nothing of a deleted memory is left in any file of the journal. */
class PurgeCommandTest {
  private static final String SECRET = "the quokka of Rottnest knows the vault combination";
  private static final String OTHER = "the numbat of Dryandra keeps the other secret";
  private static final String VECTOR = "quokkavectorbytes";

  @TempDir private Path folder;
  private Path store = Path.of("");

  @BeforeEach
  void fill() throws Exception {
    store = folder.resolve("store.db");
    SqliteStore.create(store).close();
    Sql.run(
        store,
        insert("secret", SECRET + ". " + "It says so again and again. ".repeat(400), VECTOR),
        insert("other", OTHER, "v"),
        insert("third", "an ordinary memory", "v"));
  }

  private static String insert(String id, String text, String vector) {
    return "INSERT INTO memories (id, text, vector, category, scope, importance, timestamp,"
        + " metadata) VALUES ('%s', '%s', CAST('%s' AS BLOB), 'fact', 'global', 0.5, 1, '{}')"
            .formatted(id, text, vector);
  }

  private Answer run(String line) {
    return Answer.of(
        folder,
        new SimpleEnricher(),
        Stream.of(line.split(" ", -1))
            .map(word -> word.equals("STORE") ? store.toString() : word)
            .toArray(String[]::new));
  }

  private void done(String line) {
    run(line).isDone();
  }

  /** The files of the workspace, snapshots aside, that hold these bytes. */
  private List<String> holding(String text) throws IOException {
    String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(folder.resolve("workspace"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("snapshots"))
          .filter(file -> read(file).contains(wanted))
          .map(file -> String.valueOf(file.getFileName()))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void upgradeAndDelete() {
    done("upgrade STORE --no-llm");
    done("mend STORE --set tier=core --yes 3");
    done("mend STORE --delete --ids secret --yes 1");
  }

  @Test
  void nothingOfADeletedMemoryIsLeftInTheJournalsFiles() throws Exception {
    upgradeAndDelete();
    assertThat(holding(SECRET)).contains("journal.db");
    assertThat(holding(VECTOR)).contains("journal.db");

    Answer purged = run("purge STORE --run 3 --yes 1");

    assertThat(purged.code()).as(purged.err()).isEqualTo(ExitCode.DONE);
    assertThat(purged.out())
        .contains("Erased for good what the journal kept of 1 memories, in 3 entries of runs");
    assertThat(holding(SECRET)).isEmpty();
    assertThat(holding("the quokka of Rottnest")).isEmpty();
    assertThat(holding(VECTOR)).isEmpty();
    assertThat(holding(OTHER)).contains("journal.db");
  }

  @Test
  void nothingIsLeftEitherWhileAnotherHasTheJournalOpen() throws Exception {
    upgradeAndDelete();
    try (Journal _ = new SqliteJournal(folder.resolve("workspace/journal.db"))) {
      done("purge STORE --yes 1");

      assertThat(holding(SECRET)).isEmpty();
    }
  }

  @Test
  void whatWasErasedIsNotTakenBackAndTheRestIs() {
    upgradeAndDelete();
    done("mend STORE --delete --ids other --yes 1");
    done("purge STORE --run 3 --yes 1");

    run("undo STORE --run 3")
        .isRefused("What run 3 deleted was erased for good, so there is nothing to put back");
    run("undo STORE --run 3 --ids secret").isRefused("erased for good");
    done("verify STORE");
    done("retry STORE --run 1 --no-llm --no-snapshot");
    Answer undone = run("undo STORE --run 4");
    assertThat(undone.out()).contains("1 undone");
    Answer upgradeUndone = run("undo STORE --run 2");
    assertThat(upgradeUndone.out()).contains("2 undone");
    assertThat(run("diff STORE secret").out()).contains("erased for good");
    assertThat(run("report STORE --run 3 --html " + folder.resolve("r.html")).code())
        .isNotEqualTo(ExitCode.INCOMPLETE);
  }

  @Test
  void withoutTheCountNothingIsErasedAndADryRunTellsWhatAndWhereElseItIs() throws Exception {
    upgradeAndDelete();
    run("purge STORE").isBadUsage("1 memories would be erased for good; nothing was. Add --yes 1");
    run("purge STORE --yes 2").isBadUsage("1 memories would be erased for good, not 2");
    run("purge STORE --run 77 --yes 1").isRefused("There is no run 77");

    Answer dry = run("purge STORE --dry-run");

    assertThat(dry.out())
        .contains(
            "secret",
            "1 memories would be erased for good, 0 are there again; nothing was erased.",
            "3 snapshots from before may hold them still",
            "index of words");
    assertThat(run("purge STORE --dry-run --json").json().path("snapshots")).hasSize(3);
    assertThat(run("purge STORE --older-than 1d").out()).contains("0 memories would be erased");
    assertThat(holding(SECRET)).isNotEmpty();
  }

  @Test
  void aMemoryThatIsThereAgainIsLeftAlone() throws Exception {
    upgradeAndDelete();
    done("undo STORE --run 3");

    assertThat(run("purge STORE").out()).contains("0 memories would be erased for good, 1 are");
    assertThat(holding(SECRET)).isNotEmpty();
    // The undo of the undo deletes it once more.
    done("undo STORE --run 4");
    done("purge STORE --run 5 --yes 1");
    assertThat(holding(SECRET)).isEmpty();
  }

  @Test
  void theFreeSpaceWaitsWhereARunOfAnotherStoreIsAtWork() throws Exception {
    upgradeAndDelete();
    try (Journal journal = new SqliteJournal(folder.resolve("workspace/journal.db"))) {
      long run = journal.runs().start(Plans.upgrade("/stores/b.db", List.of("x")), 1).orElseThrow();

      Answer purged = run("purge STORE --yes 1");

      assertThat(purged.code()).isEqualTo(ExitCode.INCOMPLETE);
      assertThat(purged.err()).contains("run " + run + " of /stores/b.db is; purge again");
      journal.runs().release(run);
      done("purge STORE --yes 0");
      assertThat(holding(SECRET)).isEmpty();
    }
  }

  @Test
  void aRunAtWorkOnTheStoreIsWaitedForByNobody() throws Exception {
    upgradeAndDelete();
    try (Journal journal = new SqliteJournal(folder.resolve("workspace/journal.db"))) {
      String key = store.toRealPath().toString();
      assertThat(journal.runs().start(Plans.upgrade(key, List.of("x")), 1)).isPresent();

      run("purge STORE --yes 1").isRefused("is at work");
      assertThat(holding(SECRET)).isNotEmpty();
    }
  }

  @Test
  void aDeletionOverwritesTheRowInTheStoresFile() throws Exception {
    done("mend STORE --delete --ids secret --yes 1 --no-snapshot");

    assertThat(read(store)).doesNotContain(SECRET, VECTOR).contains(OTHER);
  }
}
