package dev.memoryconsole.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.exchange.ExchangeException;
import dev.memoryconsole.exchange.Importer;
import dev.memoryconsole.exchange.WholeFile;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.python.PythonAgent;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SimulatedPlugin;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of an open database when its file is opened once more in this process, beside a real
 * agent that comes and goes: if this process lost its locks, the agent would take itself for the
 * last one and remove the log, with all that is written to it later.
 */
@Tag("slow")
class OpenOnceTest {
  @TempDir private Path folder;
  private Path file;
  private PythonAgent agent;
  private SqliteStore store;

  @BeforeEach
  void open() throws Exception {
    file = folder.resolve("store.db");
    store = SqliteStore.create(file);
    insert(store, "first");
    agent = PythonAgent.on(file);
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    store.close();
  }

  private static void insert(SqliteStore store, String id) throws InterruptedException {
    store.insert(List.of(Entries.entry(id, "Text.", null)), ExistingRows.SKIP);
  }

  private void assertThatTheLogSurvivesAVisit(Path database) throws Exception {
    try (PythonAgent visitor = PythonAgent.on(database)) {
      visitor.tell("look");
    }
    assertThat(Path.of(database + "-wal")).exists();
  }

  /** The names a file can have. */
  enum Name {
    THE_SAME,
    RELATIVE,
    SYMBOLIC_LINK,
    HARD_LINK;

    Path of(Path file) throws Exception {
      return switch (this) {
        case THE_SAME -> file;
        case RELATIVE -> Path.of("").toAbsolutePath().relativize(file);
        case SYMBOLIC_LINK -> Files.createSymbolicLink(file.resolveSibling("soft.db"), file);
        case HARD_LINK -> Files.createLink(file.resolveSibling("hard.db"), file);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void noRowIsLostAfterAStoreWasOpenedAgain(Name name) throws Exception {
    try (SqliteStore again = SqliteStore.open(name.of(file))) {
      store.close();
      agent.tell("insert", "early", 1);
      for (int i = 0; i < 20; i++) {
        insert(again, "console-" + i);
      }
      agent.tell("insert", "agent", 20);
      assertThat(agent.tell("check", "console")).isEqualTo("checked 20 ok");
      assertThat(agent.tell("check", "agent")).isEqualTo("checked 20 ok");
      assertThat(again.count(EntryQuery.ALL)).isEqualTo(42);
    }
    assertThat(agent.tell("check", "console")).isEqualTo("checked 20 ok");
    assertThat(agent.tell("check", "agent")).isEqualTo("checked 20 ok");
  }

  @Test
  void openingsAreSharedAndEachIsClosedByItself() throws Exception {
    SqliteStore again = SqliteStore.open(file);
    assertThat(again.lockMetrics()).isSameAs(store.lockMetrics());
    again.close();
    again.close();
    insert(store, "second");
    assertThatThrownBy(() -> again.count(EntryQuery.ALL)).hasMessageContaining("is closed");
    assertThatThrownBy(() -> SqliteStore.create(file)).hasMessageContaining("exists already");
    assertThat(store.count(EntryQuery.ALL)).isEqualTo(2);
    store.close();
    assertThat(OpenDatabases.isOpen(file)).isFalse();
    assertThat(Path.of(file + "-wal")).doesNotExist();
  }

  @Test
  void manyWhoOpenAndCloseAtOnceLoseNothing() throws Exception {
    agent.tell("flood", "agent", 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> visits =
          () -> {
            for (int i = 0; i < 15; i++) {
              try (SqliteStore again = SqliteStore.open(file)) {
                insert(again, "console-" + Thread.currentThread().threadId() + "-" + i);
              }
            }
            return 0;
          };
      store.close();
      for (Future<Integer> visitor : threads.invokeAll(List.of(visits, visits, visits, visits))) {
        visitor.get();
      }
    }
    int written = Integer.parseInt(agent.tell("stop").replace("stopped ", ""));
    assertThat(agent.tell("check", "agent")).isEqualTo("checked " + written + " ok");
    assertThat(agent.tell("check", "console")).isEqualTo("checked 60 ok");
  }

  @Test
  void whatIsImportedOrReplacedIsNoDatabaseThatIsOpen() throws Exception {
    Path journal = folder.resolve("journal.db");
    try (Journal _ = new SqliteJournal(journal)) {
      for (Path open : List.of(file, Path.of(file + "-shm"), journal)) {
        assertThatThrownBy(() -> Importer.survey(open))
            .isInstanceOf(ExchangeException.class)
            .hasMessageContainingAll("is open", "nothing was imported");
        assertThatThrownBy(() -> WholeFile.write(open, out -> out.write(1)))
            .isInstanceOf(ExchangeException.class)
            .hasMessageContaining("nothing was written");
      }
      assertThatThrownBy(() -> SqliteStore.open(journal))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("uses itself");
      assertThatThrownBy(() -> new SqliteJournal(file))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("nothing was changed");
      assertThatTheLogSurvivesAVisit(file);
      assertThatTheLogSurvivesAVisit(journal);
    }
  }

  @Test
  void aConnectionOfThePlayedPluginKeepsItsLocksToo() throws Exception {
    store.close();
    try (SimulatedPlugin plugin = SimulatedPlugin.open(file, "n", 5_000)) {
      assertThat(plugin.increment("first")).isTrue();
      SqliteStore.open(file).close();
      assertThat(plugin.increment("first")).isTrue();
      assertThatTheLogSurvivesAVisit(file);
    }
  }

  @Test
  void aSnapshotThatIsOpenIsRestoredAndKeepsItsLocks() throws Exception {
    Path snapshot = folder.resolve("snapshot.db");
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    insert(store, "later");
    try (SqliteStore looked = SqliteStore.open(snapshot)) {
      insert(looked, "into the snapshot");
      store.restoreFrom(
          snapshot, snapshot.resolveSibling("before"), RestoreGuard.NONE, SnapshotProgress.NONE);
      assertThatTheLogSurvivesAVisit(snapshot);
      assertThat(store.ids(EntryQuery.ALL, 9)).containsOnly("first", "into the snapshot");
    }
  }

  @Test
  void aFileThatWasReplacedIsWrittenByNobodyUntilItIsOpenedAnew() throws Exception {
    Path other = folder.resolve("other.db");
    SqliteStore.create(other).close();
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> insert(store, "lost"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nothing was written, open it again");
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was replaced by another file while this program has it open");
    store.close();
    assertThat(OpenDatabases.isOpen(file)).isFalse();
  }

  @Test
  void whatFailedToOpenIsNotTakenForOpen() throws Exception {
    Path none = Files.writeString(folder.resolve("none.db"), "no database at all");
    assertThatThrownBy(() -> SqliteStore.open(none)).isInstanceOf(StoreException.class);
    assertThat(OpenDatabases.isOpen(none)).isFalse();
    assertThat(OpenDatabases.whileClosed(none, () -> Files.delete(none))).isTrue();
    SqliteStore.create(none).close();
  }
}
