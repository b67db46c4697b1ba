package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.python.PythonAgent;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.testing.OtherJava;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A console that is killed ({@code SIGKILL}) while it adopts another program's file, again and
 * again, beside an agent that goes on writing.
 */
@Tag("slow")
class AdoptionKilledTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int ROWS = 4_000;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void fill() throws SQLException {
    file = folder.resolve("theirs.db");
    Sql.run(
        file,
        Sql.THEIR_TABLE,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + (ROWS - 1)
            + ") INSERT INTO memories SELECT 'm' || i, 'text of a bridge ' || i, 'fact',"
            + " 'global', 0.5, 1000000000000 + i, '{\"l0_abstract\":\"river ' || i || '\"}'"
            + " FROM n");
  }

  private long derived() throws SQLException {
    return Sql.number(file, "SELECT count(*) FROM sqlite_schema WHERE name = 'memories_doc'") == 0
        ? -1
        : Sql.number(file, "SELECT count(*) FROM memories_doc");
  }

  /** Until so many rows have been derived, by a console that is killed then. */
  private void adoptAndKill(long rows) throws Exception {
    Process console = OtherJava.start(Adopting.class, file);
    try {
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !console.isAlive() || derived() >= rows);
    } finally {
      console.destroyForcibly().onExit().join();
    }
    assertThat(console.exitValue()).as("killed").isEqualTo(137);
  }

  @Test
  void nothingIsLostAndTheNextOneGoesOn() throws Exception {
    try (PythonAgent agent = PythonAgent.on(file)) {
      agent.tell("flood", "agent", 10);
      for (long rows : new long[] {0, 300, 1_200}) {
        adoptAndKill(rows);
        assertThat(Sql.number(file, "SELECT count(*) FROM memories WHERE id GLOB 'm*'"))
            .isEqualTo(ROWS);
      }
      try (SqliteStore store = SqliteStore.open(file)) {
        store.patch(List.of("m1"), Patches.of(row -> null), LockPurpose.of(LockPurpose.Kind.OTHER));
        long written = Long.parseLong(agent.tell("stop").replace("stopped ", ""));
        assertThat(agent.tell("check", "agent")).isEqualTo("checked " + written + " ok");
        await().atMost(LONG).until(() -> derived() == ROWS + written);
        assertThat(store.count(EntryQuery.ALL.withWords("bridge 3711"))).isEqualTo(1);
        assertThat(store.stats().total()).isEqualTo(ROWS + written);
        assertThat(store.count(EntryQuery.ALL.withWords("of an agent"))).isEqualTo(written);
      }
    }
    assertThat(
            Sql.number(
                file,
                "SELECT count(*) FROM memories m LEFT JOIN memories_doc d USING (id)"
                    + " LEFT JOIN memories_derived v USING (id) WHERE d.flags IS NOT v.flags"
                    + " OR d.abstract IS NOT v.abstract OR d.last_version IS NOT m.version"))
        .isZero();
    assertThat(Sql.number(file, "SELECT count(*) FROM memories_text_fts_docsize"))
        .isEqualTo(Sql.number(file, "SELECT count(*) FROM memories"));
    assertThat(
            Sql.number(
                file,
                "SELECT count(*) FROM memories WHERE text IS NOT 'Memory of an agent.'"
                    + " AND text IS NOT 'text of a bridge ' || substr(id, 2)"))
        .isZero();
  }

  /** A console that writes one memory and then stays. */
  static final class Adopting {
    private Adopting() {}

    /** That process. */
    public static void main(String[] arguments) throws Exception {
      try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]))) {
        store.patch(List.of("m1"), Patches.of(row -> null), LockPurpose.of(LockPurpose.Kind.OTHER));
        Thread.currentThread().join();
      }
    }
  }
}
