package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Programs;
import dev.memoryconsole.testing.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others write between the safety copy of a restore and the lock. */
@Tag("slow")
class SafetyCopyTest {
  private static final SqliteOptions NO_TIME = withLimit(Duration.ZERO);

  @TempDir private Path folder;
  private Path file;
  private Path snapshot;
  private Path safety;
  private int written;

  @BeforeEach
  void fill() throws Exception {
    file = folder.resolve("store.db");
    snapshot = folder.resolve("snapshot.db");
    safety = folder.resolve("safety.db");
    try (SqliteStore store = SqliteStore.create(file)) {
      store.insert(List.of(Entries.entry("old", "Text.", "{}")), ExistingRows.SKIP);
      store.snapshotTo(snapshot, SnapshotProgress.NONE);
    }
    written = 0;
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(ask(file, "PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(ask(file, "PRAGMA journal_mode")).isEqualTo("wal");
    assertThat(folder).isDirectoryNotContaining("glob:**restore*.tmp");
    // Nobody has the lock.
    write();
  }

  /** An agent that writes when the lock is about to be asked for. */
  private final class Agent implements RestoreGuard {
    private final int times;
    private int asked;

    Agent(int times) {
      this.times = times;
    }

    @Override
    public void announce() {
      if (asked++ < times) {
        write();
      }
    }

    @Override
    public void confirm() {
      assertThat(others(safety)).isEqualTo(written);
    }
  }

  private void write() {
    tell(
        "INSERT INTO memories (id, text, category, scope, importance, timestamp, metadata)"
            + " VALUES ('new-"
            + written
            + "', 'Text.', 'fact', 'global', 0.5, 1, '{}')");
    written++;
  }

  private void tell(String sql) {
    try {
      Sql.run(file, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int others(Path database) {
    return Integer.parseInt(ask(database, "SELECT count(*) FROM memories WHERE id LIKE 'new-%'"));
  }

  private static String ask(Path database, String sql) {
    try {
      return Sql.value(database, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void isRefused(SqliteStore store, RestoreGuard guard, String because) {
    assertThatThrownBy(() -> store.restoreFrom(snapshot, safety, guard, SnapshotProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(because)
        .hasMessageMatching(".*(nothing was changed|it was left as it is).*")
        .message()
        .doesNotContain("\n");
    assertThat(store.count(EntryQuery.ALL)).isEqualTo(1L + written);
    assertThat(safety).doesNotExist();
  }

  @Test
  void whatIsWrittenJustBeforeTheLockIsInTheSafetyCopy() throws Exception {
    try (SqliteStore store = SqliteStore.open(file)) {
      store.restoreFrom(snapshot, safety, new Agent(1), SnapshotProgress.NONE);
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(1);
    }
    assertThat(others(safety)).isEqualTo(1);
  }

  @Test
  void whatTakesTooLongUnderTheLockIsCopiedWithoutIt() throws Exception {
    Agent agent = new Agent(2);
    try (SqliteStore store = SqliteStore.open(file, NO_TIME)) {
      store.restoreFrom(snapshot, safety, agent, SnapshotProgress.NONE);
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(1);
      assertThat(store.lockMetrics().events(0, Long.MAX_VALUE / 1_000))
          .filteredOn(event -> event.purpose().kind() == LockPurpose.Kind.RESTORE)
          .extracting(LockAcquisition::outcome)
          .containsExactly(
              LockAcquisition.Outcome.ROLLED_BACK,
              LockAcquisition.Outcome.ROLLED_BACK,
              LockAcquisition.Outcome.RELEASED);
    }
    assertThat(agent.asked).isEqualTo(3);
    assertThat(others(safety)).isEqualTo(2);
  }

  @Test
  void aCopyThatTurnsOutTooLargeUnderTheLockIsGivenUpAndMadeWithoutIt() throws Exception {
    int[] asked = new int[1];
    RestoreGuard agent =
        new RestoreGuard() {
          @Override
          public void announce() {
            if (asked[0]++ == 0) {
              write();
              // So much that no machine copies it before it is looked at the time.
              tell(
                  "CREATE TABLE theirs AS WITH RECURSIVE n(i) AS"
                      + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
                      + " SELECT zeroblob(1000) AS much FROM n");
            }
          }

          @Override
          public void confirm() {
            assertThat(others(safety)).isOne();
          }
        };
    SqliteOptions hardlyAnyTime = withLimit(Duration.ofMillis(10));
    try (SqliteStore store = SqliteStore.open(file, hardlyAnyTime)) {
      store.restoreFrom(snapshot, safety, agent, SnapshotProgress.NONE);
      assertThat(store.count(EntryQuery.ALL)).isEqualTo(1);
    }
    assertThat(asked[0]).isEqualTo(2);
    assertThat(ask(safety, "SELECT sum(length(much)) FROM theirs")).isEqualTo("100000000");
    assertThat(folder.resolve("safety.db.tmp")).doesNotExist();
  }

  @Test
  void othersThatNeverRestAreLeftInPeace() {
    Agent agent = new Agent(99);
    try (SqliteStore store = SqliteStore.open(file, NO_TIME)) {
      isRefused(store, agent, "other programs kept writing to " + file);
    }
    assertThat(agent.asked).isEqualTo(4);
  }

  @Test
  void aSafetyCopyThatCantBeCompletedUndoesTheRestore() throws Exception {
    Path inTheWay = folder.resolve("safety.db.tmp");
    RestoreGuard agent =
        new RestoreGuard() {
          @Override
          public void announce() {
            write();
            try {
              Files.createFile(Files.createDirectory(inTheWay).resolve("file"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void confirm() {
            throw new AssertionError("The safety copy is not complete.");
          }
        };
    try (SqliteStore store = SqliteStore.open(file)) {
      isRefused(store, agent, inTheWay + " ");
    }
  }

  @Test
  void aDiskThatIsFullUndoesTheRestore() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(Programs.succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()))
        .as("a small file system can be mounted")
        .isTrue();
    safety = disk.resolve("safety.db");
    RestoreGuard agent =
        new RestoreGuard() {
          @Override
          public void announce() {
            write();
            Programs.succeeds("dd", "if=/dev/zero", "of=" + disk.resolve("filler"), "bs=4k");
          }

          @Override
          public void confirm() {
            throw new AssertionError("The safety copy is not complete.");
          }
        };
    try (SqliteStore store = SqliteStore.open(file)) {
      isRefused(store, agent, "free some space");
    } finally {
      assertThat(Programs.succeeds("umount", "-l", disk.toString())).isTrue();
    }
  }

  @Test
  void whoeverIsAskedBeforeItTakesEffectCanStopIt() {
    RestoreGuard takenOver =
        new RestoreGuard() {
          @Override
          public void announce() {}

          @Override
          public void confirm() {
            throw new StoreUnavailableException(
                Message.verbatim("Taken over; nothing was changed."));
          }
        };
    try (SqliteStore store = SqliteStore.open(file)) {
      write();
      isRefused(store, takenOver, "Taken over");
    }
  }

  private static SqliteOptions withLimit(Duration limit) {
    return new SqliteOptions(Duration.ofSeconds(30), InstantSource.system(), true, limit);
  }
}
