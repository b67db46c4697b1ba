package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} over a real store that another program writes. */
class VerifyCommandTest {
  @TempDir private Path folder;
  private Path store;

  @BeforeEach
  void upgradeAll() throws Exception {
    store = folder.resolve("store.db");
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add(Entries.entry("m" + i, "Memory " + i + ".", "{}"));
    }
    try (SqliteStore made = SqliteStore.create(store)) {
      made.insert(rows, ExistingRows.SKIP);
    }
    assertThat(run("upgrade", store.toString(), "--no-llm").code()).isZero();
  }

  private Answer run(String... arguments) {
    return Answer.of(folder, new SimpleEnricher(), arguments);
  }

  private void execute(String sql) throws SQLException {
    try (Connection agent = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = agent.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void everythingInPlaceIsSaid() throws Exception {
    Answer clean = run("verify", store.toString(), "--json");
    assertThat(clean.code()).isZero();
    assertThat(clean.json().path("checked").intValue()).isEqualTo(5);
    assertThat(clean.json().path("in_place").intValue()).isEqualTo(5);
    assertThat(clean.json().path("findings")).isEmpty();
  }

  @Test
  void whatWasOverwrittenIsFoundAndReappliedOnDemand() throws Exception {
    execute("UPDATE memories SET metadata = '{\"note\":1}' WHERE id = 'm3'");
    Answer found = run("verify", store.toString(), "--run", "1", "--json");
    assertThat(found.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(found.json().path("overwritten").intValue()).isOne();
    assertThat(found.json().at("/findings/0/id").asText()).isEqualTo("m3");
    assertThat(found.json().at("/findings/0/finding").asText()).isEqualTo("overwritten");
    assertThat(run("verify", store.toString()).out()).contains("Add --fix");

    Answer mended = run("verify", store.toString(), "--fix", "--json");
    assertThat(mended.code()).isZero();
    assertThat(mended.json().path("reapplied").intValue()).isOne();
    assertThat(mended.json().path("in_place").intValue()).isEqualTo(5);
    JsonNode entry = run("runs", store.toString(), "--run", "1", "--json").json();
    assertThat(entry.at("/entries/3/reapplied").intValue()).isOne();
    assertThat(entry.path("reapplied").intValue()).isOne();
    assertThat(run("show", store.toString(), "m3", "--json").out()).contains("note");
  }

  @Test
  void aRunThatIsNotThereIsBadInput() {
    Answer refused = run("verify", store.toString(), "--run", "99");
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("There is no run 99");
  }
}
