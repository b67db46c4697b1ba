package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.record.LockLive;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.connection.Connections;
import dev.memoryconsole.testing.OtherJava;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the lock's record says when another program, here another connection, is at work too. */
@Tag("slow")
class SqliteLockRecordTest {
  private static final LockPurpose BATCH = new LockPurpose(LockPurpose.Kind.UPGRADE, 4, 2);

  @TempDir Path folder;
  private Path file;
  private SqliteStore store;
  private Connection agent;

  @BeforeEach
  void open() throws Exception {
    file = folder.resolve("memories.db");
    store = SqliteStore.create(file);
    store.insert(
        List.of(new MemoryEntry("a", "text", "fact", null, 0.5, 1L, "{}", 0)), ExistingRows.SKIP);
    agent = Connections.writer(file);
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    store.close();
  }

  private static LockReading everything(MemoryStore store) {
    return store.lockMetrics().reading(0, Long.MAX_VALUE / 1_000_000);
  }

  private void agent(String sql) throws Exception {
    try (Statement statement = agent.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aBatchIsRecordedWithItsRunRowsAndTimes() throws Exception {
    long before = System.currentTimeMillis();
    store.patch(List.of("a"), Patches.of(row -> "{\"x\":1}"), BATCH);
    LockAcquisition event =
        store.lockMetrics().events(before, Long.MAX_VALUE / 1_000_000).getLast();
    assertThat(event.holder()).isEqualTo(new LockHolder.OurRun(4, 2));
    assertThat(event.rows()).isEqualTo(1);
    assertThat(event.holdNanos()).isPositive();
    assertThat(event.acquiredAt()).isBetween(before, System.currentTimeMillis());
    assertThat(everything(store).lanes()).containsKey(new LockHolder.OurRun(4, 0));
  }

  @Test
  void theHoldOfAnotherProgramIsSeenWhileWeWaitAndAfterwards() throws Exception {
    agent("BEGIN IMMEDIATE");
    Thread batch =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    store.patch(List.of("a"), Patches.of(row -> "{\"x\":1}"), BATCH);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    await()
        .until(
            () ->
                store
                    .lockMetrics()
                    .live()
                    .holder()
                    .map(LockLive.Present::who)
                    .filter(LockHolder::isForeign)
                    .isPresent());
    assertThat(store.lockMetrics().live().waiting())
        .extracting(LockLive.Present::who)
        .containsExactly(new LockHolder.OurRun(4, 2));
    agent("UPDATE memories SET text = 'theirs'");
    agent("COMMIT");
    batch.join();

    LockReading reading = everything(store);
    assertThat(reading.foreign().seen()).isEqualTo(1);
    assertThat(reading.foreign().heldNanos()).isPositive();
    assertThat(reading.foreign().acquisitions()).isZero();
    assertThat(reading.consoles().contended()).isPositive();
    assertThat(store.lockMetrics().live()).isEqualTo(LockLive.IDLE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessThatHoldsIsNamed() throws Exception {
    Process agent = OtherJava.start(HoldingAgent.class, file);
    try (BufferedReader says = agent.inputReader()) {
      assertThat(says.readLine()).isEqualTo("holding");
      Thread batch =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      store.patch(List.of("a"), Patches.of(row -> "{\"x\":1}"), BATCH);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      LockHolder.Foreign named = new LockHolder.Foreign(agent.pid(), "java");
      await()
          .untilAsserted(
              () ->
                  assertThat(store.lockMetrics().live().holder().map(LockLive.Present::who))
                      .contains(named));
      agent.getOutputStream().close();
      batch.join();
      assertThat(everything(store).lanes().get(named)).isNotNull();
    } finally {
      agent.destroyForcibly().waitFor();
    }
  }

  @Test
  void aWriteOfAnotherProgramIsSeenAtTheNextAsking() throws Exception {
    store.patch(List.of("a"), Patches.of(row -> "{\"x\":1}"), BATCH);
    agent("UPDATE memories SET text = 'theirs'");
    store.patch(List.of("a"), Patches.of(row -> "{\"x\":2}"), BATCH);
    assertThat(everything(store).foreign().commitsSeen()).isEqualTo(1);
  }

  @Test
  void aLockThatCouldNotBeHadIsRecordedAsTimedOut() throws Exception {
    // Else what it has written before would be in the record, which all openings share.
    store.close();
    agent("BEGIN IMMEDIATE");
    try (SqliteStore impatient =
        SqliteStore.open(file, new SqliteOptions(Duration.ofMillis(30), InstantSource.system()))) {
      assertThatThrownBy(() -> impatient.patch(List.of("a"), Patches.of(row -> "{\"x\":1}"), BATCH))
          .isInstanceOf(StoreException.class);
      LockReading reading = everything(impatient);
      assertThat(reading.consoles().timedOut()).isEqualTo(1);
      assertThat(reading.consoles().acquisitions()).isZero();
      assertThat(impatient.lockMetrics().live().waiting()).isEmpty();
    }
    agent("ROLLBACK");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aHolderThatNeverLetsGoIsNamedInTheErrorAndInTheRecord() throws Exception {
    Process python =
        new ProcessBuilder(
                "python3",
                "-c",
                "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
                    + " c.execute('BEGIN IMMEDIATE'); print('holding', flush=True);"
                    + " sys.stdin.read()",
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    SqliteOptions impatient = new SqliteOptions(Duration.ofMillis(300), InstantSource.system());
    try (BufferedReader says = python.inputReader();
        SqliteStore asking = SqliteStore.open(file, impatient)) {
      assertThat(says.readLine()).isEqualTo("holding");
      assertThatThrownBy(() -> asking.patch(List.of("a"), Patches.of(row -> "{\"x\":1}"), BATCH))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll(
              "is locked by another program (python3",
              ", process " + python.pid() + "); nothing was changed");
      assertThat(python.isAlive()).isTrue();
      assertThat(asking.lockMetrics().events(0, Long.MAX_VALUE / 1_000_000))
          .filteredOn(event -> event.holder().isForeign())
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.holder())
                    .isInstanceOfSatisfying(
                        LockHolder.Foreign.class,
                        holder -> assertThat(holder.pid()).isEqualTo(python.pid()));
                assertThat(event.holdNanos()).isPositive();
              });
    } finally {
      python.destroyForcibly().waitFor();
    }
  }
}
