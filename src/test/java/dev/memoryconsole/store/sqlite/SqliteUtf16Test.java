package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import dev.memoryconsole.testing.Sql;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files with text in UTF-16, of which SQLite hands out something else without a word where half of
 * a pair is missing: such rows are named, and nothing is written.
 */
class SqliteUtf16Test {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("theirs.db");
  }

  /** A text in SQL, as the file holds it. */
  private static String text(String encoding, String text) {
    // Java's own encoder would put another character where half of a pair is.
    boolean big = encoding.endsWith("be");
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      int bytes = big ? unit : Short.toUnsignedInt(Short.reverseBytes((short) unit));
      hex.append(String.format(Locale.ROOT, "%04X", bytes));
    }
    return "CAST(x'" + hex + "' AS TEXT)";
  }

  private void make(String encoding, String journal) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA encoding = '" + encoding + "'");
      statement.execute("PRAGMA journal_mode = " + journal);
      statement.executeUpdate(Sql.THEIR_TABLE);
      String broken = text(encoding, "a\uD800bc");
      for (String values :
          List.of(
              "'fine', 'a bridge', 'fact', 'global', 0.5, 1, '{}'",
              "'pair', " + text(encoding, "\uD83D\uDE00 \uFFFD\uFEFF") + ", '', '', 0, 2, NULL",
              "'text', " + broken + ", 'fact', 'global', 0.5, 3, '{}'",
              "'end', " + text(encoding, "a\uDC00") + ", 'fact', 'global', 0.5, 4, '{}'",
              "'metadata', 'x', 'fact', 'global', 0.5, 5, " + text(encoding, "{\"a\":\"\uD83Dx\"}"),
              "'scope', 'x', 'fact', " + broken + ", 0.5, 6, '{}'",
              broken + ", 'of a broken id', 'fact', 'global', 0.5, 7, '{}'",
              // What the one before is handed out as.
              text(encoding, "a" + Character.toString(0x10062) + "c")
                  + ", 'of its neighbour', 'fact', 'global', 0.5, 8, '{}'")) {
        statement.executeUpdate("INSERT INTO memories VALUES (" + values + ")");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-16le, DELETE", "UTF-16be, WAL"})
  void brokenTextIsNamedAndNothingIsWritten(String encoding, String journal) throws Exception {
    make(encoding, journal);
    byte[] before = Files.readAllBytes(file());
    Charset charset =
        encoding.endsWith("be") ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    byte[] id = "a\u1234bc".getBytes(charset);
    String name = HexFormat.of().withUpperCase().formatHex(id).replace("1234", "D800");
    String brokenId = "x'" + name.replace("3412", "00D8") + "'";
    try (SqliteStore store = SqliteStore.open(file())) {
      Map<String, String> flaws = new TreeMap<>();
      for (MemoryEntry entry : store.page(EntryQuery.ALL, 0, 99)) {
        flaws.put(entry.id(), entry.flaw() == null ? "none" : Wording.ENGLISH.of(entry.flaw()));
      }
      assertThat(flaws)
          .hasSize(8)
          .containsEntry("fine", "none")
          .containsEntry("pair", "none")
          .containsEntry("a" + Character.toString(0x10062) + "c", "none")
          .hasEntrySatisfying("text", flaw -> assertThat(flaw).startsWith("its text is no valid"))
          .hasEntrySatisfying("end", flaw -> assertThat(flaw).startsWith("its text is no valid"))
          .hasEntrySatisfying(
              "metadata", flaw -> assertThat(flaw).startsWith("its metadata is no valid UTF-16"))
          .hasEntrySatisfying("scope", flaw -> assertThat(flaw).startsWith("its scope is no valid"))
          .hasEntrySatisfying(
              brokenId, flaw -> assertThat(flaw).startsWith("its id is no valid UTF-16"));
      assertThat(store.find(List.of("pair")).getFirst().text())
          .isEqualTo("\uD83D\uDE00 \uFFFD\uFEFF");
      assertThat(store.find(List.of(brokenId)).getFirst().text()).isEqualTo("of a broken id");
      assertThat(store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), 99))
          .hasSize(8)
          .contains(brokenId);
      assertThat(store.count(EntryQuery.ALL.withIds(Set.of(brokenId, "fine")))).isEqualTo(2);
      assertThat(store.count(EntryQuery.ALL.withWords("bridge"))).isEqualTo(1);
      assertThat(store.stats().total()).isEqualTo(8);
      assertThat(Wording.ENGLISH.of(store.writeRefusal().orElseThrow())).contains("UTF-16");
      refused(() -> store.patch(List.of("fine", brokenId), Patches.of(row -> "{}"), PURPOSE));
      refused(
          () -> store.insert(List.of(store.find(List.of("fine")).getFirst()), ExistingRows.SKIP));
      Path copy = folder.resolve("copy.db");
      store.snapshotTo(copy, SnapshotProgress.NONE);
      try (SqliteStore other = SqliteStore.open(copy)) {
        assertThat(other.count(EntryQuery.ALL)).isEqualTo(8);
      }
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aStoreIsNotMadeOneByARestore() throws Exception {
    make("UTF-16le", "DELETE");
    try (SqliteStore store = SqliteStore.create(folder.resolve("ours.db"))) {
      Path safety = folder.resolve("safety.db");
      refused(() -> store.restoreFrom(file(), safety, RestoreGuard.NONE, SnapshotProgress.NONE));
      assertThat(safety).doesNotExist();
      assertThat(store.count(EntryQuery.ALL)).isZero();
    }
  }

  /** Earlier versions of this program did adopt such files. */
  @Test
  void aFileThatWasAdoptedOnceIsLookedAt() throws Exception {
    make("UTF-16le", "WAL");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      connection.setAutoCommit(true);
      SchemaBuilder.build(connection);
    }
    try (SqliteStore store = SqliteStore.open(file())) {
      assertThat(store.page(EntryQuery.ALL, 0, 99)).hasSize(8);
      assertThat(store.ids(EntryQuery.ALL.withStates(Set.of(MemoryState.LEGACY)), 99))
          .hasSize(8)
          .contains("x'610000D862006300'");
      refused(() -> store.patch(List.of("fine"), Patches.of(row -> "{}"), PURPOSE));
    }
  }

  private static void refused(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("UTF-16", "nothing was changed");
  }
}
