package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowSwap;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compare-and-swap on a row's version, with another program that writes between read and swap. */
class RowSwapTest {
  private static final LockPurpose PURPOSE = new LockPurpose(LockPurpose.Kind.UPGRADE, 1, 1);

  @TempDir private Path folder;
  private SqliteStore store;
  private RowSwap swap;

  @BeforeEach
  void open() throws Exception {
    store = SqliteStore.create(folder.resolve("store.db"));
    store.insert(List.of(Entries.entry("m", "A memory.", "{\"n\":0}")), ExistingRows.SKIP);
    swap = store;
  }

  @AfterEach
  void close() {
    store.close();
  }

  private MemoryEntry row() {
    return store.find(List.of("m")).getFirst();
  }

  private void asAgent(String sql) throws SQLException {
    try (Connection agent = DriverManager.getConnection("jdbc:sqlite:" + store.location());
        Statement statement = agent.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute(sql);
    }
  }

  /** Marks the row, after the other program had its turn. */
  private static final class Marking implements BatchPatch {
    final List<MemoryEntry> asked = new ArrayList<>();
    final List<RowWrite> announced = new ArrayList<>();
    final Callable<?> meanwhile;

    Marking(Callable<?> meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public RowWrite writeFor(MemoryEntry current) {
      asked.add(current);
      String metadata = String.valueOf(current.metadata()).replace("}", ",\"ours\":1}");
      return new RowWrite.Change(current, metadata);
    }

    @Override
    public void beforeCommit(List<RowWrite> writes) {
      if (writes.isEmpty()) {
        return;
      }
      announced.addAll(writes);
      try {
        meanwhile.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void writesARowThatNobodyElseWrote() throws Exception {
    Marking patch = new Marking(() -> null);
    PatchResult result = swap.swap("m", patch, PURPOSE);
    assertThat(result).isEqualTo(new PatchResult.Written(patch.announced.getFirst()));
    assertThat(row().metadata()).isEqualTo("{\"n\":0,\"ours\":1}");
    assertThat(row().version()).isEqualTo(2);
    assertThat(store.lockMetrics().summaryOf(1).acquisitions()).isEqualTo(1);
  }

  @Test
  void mergesAgainFromTheFreshRowWhenAnotherWroteBetweenReadAndSwap() throws Exception {
    int[] writes = new int[1];
    Marking patch =
        new Marking(
            () -> {
              if (writes[0]++ == 0) {
                asAgent("UPDATE memories SET metadata = '{\"n\":1}' WHERE id = 'm'");
              }
              return null;
            });
    assertThat(swap.swap("m", patch, PURPOSE)).isInstanceOf(PatchResult.Written.class);
    assertThat(patch.asked).hasSize(2);
    assertThat(((RowWrite.Change) patch.announced.getLast()).before().metadata())
        .isEqualTo("{\"n\":1}");
    assertThat(row().metadata()).isEqualTo("{\"n\":1,\"ours\":1}");
  }

  @Test
  void readsInsideTheLockAfterAFewLostSwaps() throws Exception {
    List<Integer> refused = new ArrayList<>();
    int[] n = new int[1];
    Marking patch =
        new Marking(
            () -> {
              n[0]++;
              try {
                asAgent("UPDATE memories SET metadata = '{\"n\":" + n[0] + "}' WHERE id = 'm'");
              } catch (SQLException busy) {
                refused.add(n[0]);
              }
              return null;
            });
    assertThat(swap.swap("m", patch, PURPOSE)).isInstanceOf(PatchResult.Written.class);
    assertThat(refused).as("only the last try held the lock").containsExactly(6);
    assertThat(row().metadata()).isEqualTo("{\"n\":5,\"ours\":1}");
  }

  @Test
  void takesNoLockForARowThatIsLeft() throws Exception {
    assertThat(swap.swap("m", row -> null, PURPOSE)).isEqualTo(new PatchResult.Kept());
    assertThat(store.lockMetrics().summaryOf(1).acquisitions()).isZero();
    assertThat(row().version()).isEqualTo(1);
  }

  @Test
  void onlyTheLockTellsThatARowIsGone() throws Exception {
    assertThat(swap.swap("gone", row -> null, PURPOSE)).isEqualTo(new PatchResult.Missing());
    assertThat(store.lockMetrics().summaryOf(1).acquisitions()).isEqualTo(1);
  }

  @Test
  void aRowDeletedBetweenReadAndSwapIsMissing() throws Exception {
    Marking patch =
        new Marking(
            () -> {
              asAgent("DELETE FROM memories WHERE id = 'm'");
              return null;
            });
    assertThat(swap.swap("m", patch, PURPOSE)).isEqualTo(new PatchResult.Missing());
    assertThat(store.find(List.of("m"))).isEmpty();
  }

  @Test
  void aRowDeletedAndAddedAgainIsAnotherVersion() throws Exception {
    boolean[] done = new boolean[1];
    Marking patch =
        new Marking(
            () -> {
              if (!done[0]) {
                done[0] = true;
                asAgent("DELETE FROM memories WHERE id = 'm'");
                asAgent(
                    "INSERT INTO memories (id, text, metadata, version)"
                        + " VALUES ('m', 'Another.', '{\"n\":9}', 1)");
              }
              return null;
            });
    swap.swap("m", patch, PURPOSE);
    assertThat(row().metadata()).isEqualTo("{\"n\":9,\"ours\":1}");
    assertThat(row().text()).isEqualTo("Another.");
  }

  @Test
  void aFailedAnnouncementLeavesTheRowUntouched() {
    Marking patch =
        new Marking(
            () -> {
              throw new IllegalStateException("no journal");
            });
    assertThatThrownBy(() -> swap.swap("m", patch, PURPOSE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was not changed");
    assertThat(row().metadata()).isEqualTo("{\"n\":0}");
  }

  @Test
  void anInterruptLeavesTheRowUntouched() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> swap.swap("m", new Marking(() -> null), PURPOSE))
        .isInstanceOf(InterruptedException.class);
    assertThat(row().version()).isEqualTo(1);
  }
}
