package dev.memoryconsole.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.python.PythonAgent;
import dev.memoryconsole.store.RestoreGuard;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent is told is written, while the store is restored again and again. */
@Tag("slow")
class RestoreBesideAgentTest {
  private static final int ROUNDS = 6;
  @TempDir private Path folder;

  @Test
  void eachRowIsInTheStoreOrInASafetyCopy() throws Exception {
    Path file = folder.resolve("store.db");
    Path snapshot = folder.resolve("snapshot.db");
    Set<String> found = new HashSet<>();
    int written;
    try (SqliteStore store = SqliteStore.create(file);
        PythonAgent agent = PythonAgent.on(file)) {
      agent.tell("insert", "early", 300);
      store.snapshotTo(snapshot, SnapshotProgress.NONE);
      agent.tell("flood", "agent", 0);
      for (int round = 0; round < ROUNDS; round++) {
        Path safety = folder.resolve("safety-" + round);
        store.restoreFrom(snapshot, safety, RestoreGuard.NONE, SnapshotProgress.NONE);
        found.addAll(ids(safety));
      }
      written = Integer.parseInt(agent.tell("stop").replace("stopped ", ""));
      assertThat(agent.tell("check", "early")).isEqualTo("checked 300 ok");
    }
    found.addAll(ids(file));
    Set<String> lost = new HashSet<>();
    for (int i = 0; i < written; i++) {
      lost.add("agent-%06d".formatted(i));
    }
    assertThat(written).isGreaterThan(ROUNDS);
    lost.removeAll(found);
    assertThat(lost).isEmpty();
  }

  private static Set<String> ids(Path database) throws Exception {
    return Sql.pairs(database, "SELECT id, text FROM memories").keySet();
  }
}
