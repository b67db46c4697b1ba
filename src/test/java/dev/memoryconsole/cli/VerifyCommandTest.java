package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.testing.Sql;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code verify} over a real store that another program writes. */
class VerifyCommandTest extends CommandLineTestBase {
  @BeforeEach
  void upgradeAll() throws Exception {
    try (SqliteStore made = SqliteStore.create(store)) {
      made.insert(Entries.legacy(5), ExistingRows.SKIP);
    }
    run("upgrade STORE --no-llm").isDone();
  }

  @Test
  void everythingInPlaceIsSaid() throws Exception {
    Answer clean = run("verify STORE --json");
    assertThat(clean.code()).isZero();
    assertThat(clean.number("checked")).isEqualTo(5);
    assertThat(clean.number("in_place")).isEqualTo(5);
    assertThat(clean.json().path("findings")).isEmpty();
  }

  @Test
  void whatWasOverwrittenIsFoundAndReappliedOnDemand() throws Exception {
    Sql.run(store, "UPDATE memories SET metadata = '{\"note\":1}' WHERE id = 'm3'");
    Answer found = run("verify STORE --run 1 --json");
    assertThat(found.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(found.number("overwritten")).isOne();
    assertThat(found.json().at("/findings/0/id").asText()).isEqualTo("m3");
    assertThat(found.json().at("/findings/0/finding").asText()).isEqualTo("overwritten");
    assertThat(run("verify STORE").out()).contains("Add --fix");

    Answer mended = run("verify STORE --fix --json");
    assertThat(mended.code()).isZero();
    assertThat(mended.number("reapplied")).isOne();
    assertThat(mended.number("in_place")).isEqualTo(5);
    JsonNode entry = run("runs STORE --run 1 --json").json();
    assertThat(entry.at("/entries/3/reapplied").intValue()).isOne();
    assertThat(entry.path("reapplied").intValue()).isOne();
    assertThat(run("show STORE m3 --json").out()).contains("note");
  }

  @Test
  void aRunThatIsNotThereIsBadInput() {
    run("verify STORE --run 99").isRefused("There is no run 99");
  }
}
