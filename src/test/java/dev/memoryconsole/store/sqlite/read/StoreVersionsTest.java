package dev.memoryconsole.store.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.Versions;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the versions of a store tell of the writes since. */
class StoreVersionsTest {
  @TempDir private Path folder;

  @Test
  void theyTellWhatIsNewChangedAndGoneWhereverItIs() throws Exception {
    Path file = folder.resolve("store.db");
    try (SqliteStore store = SqliteStore.create(file)) {
      assertThat(since(store, versions(store))).isEqualTo(new Versions.Difference(0, 0, 0));
      Versions empty = versions(store);
      Sql.run(
          file,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
              + " INSERT INTO memories (id, text) SELECT 'm' || i, 'text' FROM n");
      assertThat(since(store, empty)).isEqualTo(new Versions.Difference(3_000, 0, 0));
      Versions full = versions(store);
      Sql.run(
          file,
          "UPDATE memories SET importance = 0.9 WHERE id IN ('m1', 'm1024', 'm1025', 'm2999')",
          "UPDATE memories SET importance = 0.8 WHERE id = 'm1'",
          "DELETE FROM memories WHERE id IN ('m7', 'm3000')",
          "INSERT INTO memories (id, text) VALUES ('new', 'n')",
          "REPLACE INTO memories (id, text) VALUES ('m8', 'other')");
      assertThat(since(store, full)).isEqualTo(new Versions.Difference(1, 5, 2));
      Versions thin = versions(store);
      Sql.run(file, "INSERT INTO memories (id, text) VALUES ('m3000', 'back')");
      assertThat(since(store, thin)).isEqualTo(new Versions.Difference(1, 0, 0));
      assertThat(since(store, full)).isEqualTo(new Versions.Difference(1, 6, 1));
    }
  }

  @Test
  void aTableOfAnotherProgramHasNone() throws Exception {
    Path file = folder.resolve("theirs.db");
    Sql.run(file, Sql.THEIR_TABLE);
    Sql.run(file, "INSERT INTO memories (id, text) VALUES ('a', 'a')");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.versions()).isEmpty();
    }
  }

  private static Versions versions(SqliteStore store) {
    return store.versions().orElseThrow();
  }

  private static Versions.Difference since(SqliteStore store, Versions before) {
    return versions(store).since(before);
  }
}
