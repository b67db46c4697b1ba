package dev.memoryconsole.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.database.JournalDatabase;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.testing.Plans;
import dev.memoryconsole.testing.Sql;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  static final String STORE = "/stores/a.db";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("journal.db");
  }

  private static long start(Journal journal, String... ids) {
    return journal.runs().start(Plans.upgrade(STORE, List.of(ids)), 1).orElseThrow();
  }

  @Test
  void entriesAreRecordedInTheirOrderWhateverTheirIds() {
    String[] ids = new String[2_500];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "id \"" + (i * 7919 % ids.length) + "\\ 我";
    }
    try (Journal journal = new SqliteJournal(file())) {
      long run = start(journal, ids);
      assertThat(journal.entries().list(run, Set.of(), 0, 10_000))
          .extracting(EntryRecord::id)
          .containsExactly(ids);
      assertThat(journal.entries().list(run, Set.of(), 0, 10_000))
          .extracting(EntryRecord::position)
          .isSorted();
    }
  }

  @Test
  void changesOfOneEntryThatReachTheDiskTogetherAreOne() throws Exception {
    try (Journal journal = new SqliteJournal(file())) {
      long run = start(journal, "a", "b");
      journal.entries().append(run, EntryChange.enriching(0, "Title", 1, 5));
      journal.entries().append(run, EntryChange.enriched(0, "hash", "{\"by\":\"simple\"}"));
      journal.entries().append(run, EntryChange.enriching(1, "Other", 1, 6));
      journal
          .entries()
          .write(run, List.of(EntryChange.committing(0, 9L, new EntryChange.Image("old", "new"))));
      assertThat(Sql.value(file(), "SELECT state FROM entries WHERE position = 0"))
          .isEqualTo("COMMITTING");
      EntryProgress kept = journal.entries().kept(run, List.of("a")).getFirst();
      assertThat(kept)
          .isEqualTo(
              new EntryProgress(
                  0,
                  "a",
                  "Title",
                  EntryState.COMMITTING,
                  1,
                  5,
                  "hash",
                  9L,
                  "{\"by\":\"simple\"}",
                  "old",
                  "new"));
      // Reading sees what was only appended, too.
      assertThat(journal.entries().list(run, Set.of(EntryState.ENRICHING), 0, 9))
          .extracting(EntryRecord::title)
          .containsExactly("Other");
    }
  }

  @Test
  void anAppendedOutcomeIsOnDiskWithTheNextWrite() throws Exception {
    try (Journal journal = new SqliteJournal(file())) {
      long run = start(journal, "a", "b");
      journal.entries().append(run, EntryChange.finished(1, EntryState.SKIPPED, "", 1, "why", 7));
      journal.entries().write(run, List.of(EntryChange.enriched(0, "hash", "{}")));
      assertThat(Sql.value(file(), "SELECT state || reason FROM entries WHERE position = 1"))
          .isEqualTo("SKIPPEDwhy");
    }
  }

  @Test
  void outcomesThatAreAppendedAreOnDiskAfterAGoodMany() throws Exception {
    try (Journal journal = new SqliteJournal(file())) {
      long run = start(journal, ids(600));
      for (int i = 0; i < 600; i++) {
        journal.entries().append(run, EntryChange.finished(i, EntryState.SKIPPED, "", 1, "", 7));
      }
      assertThat(onDisk("SKIPPED")).isBetween(500, 600);
    }
  }

  @Test
  void stepsThatAreAppendedWaitForTheirEntrysNextWriteUntilThereAreVeryMany() throws Exception {
    try (Journal journal = new SqliteJournal(file())) {
      long run = start(journal, ids(9_000));
      for (int i = 0; i < 9_000; i++) {
        journal.entries().append(run, EntryChange.enriching(i, "", 1, 5));
        if (i == 4_000) {
          assertThat(onDisk("ENRICHING")).isZero();
        }
      }
      assertThat(onDisk("ENRICHING")).isBetween(8_000, 9_000);
    }
  }

  private static String[] ids(int count) {
    String[] ids = new String[count];
    Arrays.setAll(ids, i -> "m" + i);
    return ids;
  }

  private int onDisk(String state) throws Exception {
    return Integer.parseInt(
        Sql.value(file(), "SELECT count(*) FROM entries WHERE state = '" + state + "'"));
  }

  @Test
  void aWriteThatWasGivenUpLeavesNoImage() {
    try (Journal journal = new SqliteJournal(file())) {
      long run = start(journal, "a");
      journal.entries().write(run, List.of(EntryChange.enriched(0, "hash", "{}")));
      journal
          .entries()
          .write(run, List.of(EntryChange.committing(0, 9L, new EntryChange.Image("o", "n"))));
      journal.entries().write(run, List.of(EntryChange.givenUp(0, EntryState.ENRICHED)));
      EntryProgress kept = journal.entries().kept(run, List.of("a")).getFirst();
      assertThat(kept.before()).isNull();
      assertThat(kept.written()).isNull();
      assertThat(kept.enrichment()).isEqualTo("{}");
      journal
          .entries()
          .write(run, List.of(EntryChange.committing(0, 10L, new EntryChange.Image(null, "n"))));
      journal
          .entries()
          .write(run, List.of(EntryChange.finished(0, EntryState.UPGRADED, "", 1, "", 11)));
      assertThat(journal.entries().kept(run, List.of("a")).getFirst().written()).isEqualTo("n");
      assertThat(journal.entries().history(STORE, "a").getFirst().written()).isEqualTo("n");
    }
  }

  @Test
  void aLongLogIsMovedIntoTheFileWhileWritingGoesOn() throws Exception {
    try (Journal journal = new SqliteJournal(file())) {
      long run = start(journal, "a");
      long before = Files.size(file());
      for (int i = 0; i < 1_000; i++) {
        journal
            .entries()
            .write(run, List.of(EntryChange.enriched(0, "hash", "x".repeat(1 + i * 100))));
      }
      await().until(() -> Files.size(file()) > before + 50_000);
      journal.entries().write(run, List.of(EntryChange.enriched(0, "hash", "short")));
      assertThat(journal.entries().kept(run, List.of("a")).getFirst().enrichment())
          .isEqualTo("short");
    }
  }

  @Test
  void aJournalOfAnEarlierVersionKeepsWhatItKnows() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (int version = 1; version <= 3; version++) {
        statement.executeUpdate(script(version));
      }
      statement.executeUpdate("PRAGMA user_version = 3");
      statement.executeUpdate(
          "INSERT INTO runs (id, store, kind, enricher, batch_size, on_failure, scopes, selected,"
              + " state, started_at, owner_pid, owner_start) VALUES (41, '"
              + STORE
              + "', 'UPGRADE', 'simple', 10, 'FALLBACK', '[]', 2, 'COMPLETED', 1, 1, 1)");
      statement.executeUpdate(
          "INSERT INTO entries (run, position, id, state, text_hash, enrichment, upgraded_at,"
              + " before, written) VALUES"
              + " (41, 0, 'a', 'UPGRADED', 'h', '{\"e\":1}', 7, NULL, '{\"w\":1}'),"
              + " (41, 1, 'b', 'SKIPPED', NULL, NULL, NULL, NULL, NULL)");
    }
    try (Journal journal = new SqliteJournal(file())) {
      assertThat(journal.entries().kept(41, List.of("a", "b")))
          .containsExactlyInAnyOrder(
              new EntryProgress(
                  0, "a", "", EntryState.UPGRADED, 0, 0, "h", 7L, "{\"e\":1}", null, "{\"w\":1}"),
              new EntryProgress(
                  1, "b", "", EntryState.SKIPPED, 0, 0, null, null, null, null, null));
      assertThat(journal.entries().history(STORE, "a").getFirst().written()).isEqualTo("{\"w\":1}");
      assertThat(journal.entries().writtenIds(41)).containsExactly("a");
    }
  }

  @Test
  void whatAnOlderVersionKeptOfMendsIsThereAndWholeRowsAreKeptBesideIt() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (int version = 1; version <= 9; version++) {
        statement.executeUpdate(script(version));
      }
      statement.executeUpdate("PRAGMA user_version = 9");
      statement.executeUpdate(
          "INSERT INTO runs (id, store, kind, enricher, batch_size, on_failure, scopes, selected,"
              + " state, started_at, owner_pid, owner_start) VALUES (41, '"
              + STORE
              + "', 'MEND', '', 10, 'FALLBACK', '[]', 1, 'COMPLETED', 1, 1, 1)");
      statement.executeUpdate(
          "INSERT INTO entries (run, position, id, state, upgraded_at, plan) VALUES"
              + " (41, 0, 'a', 'MENDED', 7, '{\"columns\":{\"scope\":\"s\"}}')");
      statement.executeUpdate(
          "INSERT INTO results (entry, written, columns_written) VALUES"
              + " (41 << 32, '{}', '{\"scope\":\"s\"}')");
    }
    try (Journal journal = new SqliteJournal(file())) {
      EntryProgress mended = journal.entries().kept(41, List.of("a")).getFirst();
      assertThat(mended.columnsWritten().json()).isEqualTo("{\"scope\":\"s\"}");
      assertThat(mended.isOfWholeRow()).isFalse();
      long run = start(journal, "b");
      RowImage image = RowImage.of(new byte[] {0, -1, 7});
      EntryChange.Image deletion =
          new EntryChange.Image(
              null, null, null, ColumnValues.NONE, ColumnValues.NONE, image, null);
      journal.entries().write(run, List.of(EntryChange.committing(0, 9L, deletion)));
      assertThat(journal.entries().kept(run, List.of("b")).getFirst().rowBefore()).isEqualTo(image);
      // What was not written after all leaves no image behind.
      journal.entries().write(run, List.of(EntryChange.givenUp(0, EntryState.QUEUED)));
      assertThat(journal.entries().kept(run, List.of("b")).getFirst().isOfWholeRow()).isFalse();
    }
  }

  private static String script(int version) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(
            JournalDatabase.class.getResourceAsStream("schema-" + version + ".sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
