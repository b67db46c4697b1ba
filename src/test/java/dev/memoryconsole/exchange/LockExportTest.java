package dev.memoryconsole.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.lock.LockWait;
import dev.memoryconsole.lock.LockWait.Party;
import dev.memoryconsole.lock.SeenWait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was seen waiting for whom, in files for other programs. */
class LockExportTest {
  private static final List<SeenWait> WAITS =
      List.of(
          new SeenWait(
              new LockWait(
                  new Party(7, "agent \"b\"", "agent_b", "UPDATE memories SET text = ?, scope = ?"),
                  Duration.ofMillis(1_500),
                  new Party(5, "", "agent_a", "SELECT 1\r\nFOR UPDATE"),
                  Duration.ofSeconds(9)),
              1_000,
              2_500),
          new SeenWait(
              new LockWait(new Party(7, "b", "", ""), null, new Party(5, "a", "", ""), null),
              3_000,
              3_001));

  @TempDir private Path folder;

  @Test
  void waitsAreATable() throws Exception {
    Path file = folder.resolve("waits.csv");
    LockExport.waitsCsv(WAITS, file);
    assertThat(Files.readString(file))
        .isEqualTo(
            "from_ms,seen_ms,waited_ms,waiter_process,waiter_application,waiter_user,waiter_query,"
                + "held_ms,holder_process,holder_application,holder_user,holder_query\n"
                + "1000,2500,1500,7,\"agent \"\"b\"\"\",agent_b,"
                + "\"UPDATE memories SET text = ?, scope = ?\","
                + "9000,5,,agent_a,\"SELECT 1\r\nFOR UPDATE\"\n"
                + "3000,3001,,7,b,,,,5,a,,\n");
  }

  @Test
  void whatBeginsLikeAFormulaIsAText() throws Exception {
    Path file = folder.resolve("waits.csv");
    Party others = new Party(7, "=cmd()", "@who", "+1");
    LockExport.waitsCsv(
        List.of(new SeenWait(new LockWait(others, null, others, null), 1, 2)), file);
    assertThat(Files.readString(file))
        .endsWith("\n1,2,,7,'=cmd(),'@who,'+1,,7,'=cmd(),'@who,'+1\n");
  }

  @Test
  void waitsAreBesideTheAcquisitions() throws Exception {
    Path file = folder.resolve("locks.json");
    LockExport.json(List.of(), WAITS, file);
    JsonNode document = new ObjectMapper().readTree(file.toFile());
    assertThat(document.path("events").isArray()).isTrue();
    JsonNode first = document.at("/waits_seen/0");
    assertThat(first.path("from_ms").asLong()).isEqualTo(1_000);
    assertThat(first.path("seen_ms").asLong()).isEqualTo(2_500);
    assertThat(first.path("waited_ms").asLong()).isEqualTo(1_500);
    assertThat(first.at("/waiter/process").asInt()).isEqualTo(7);
    assertThat(first.at("/waiter/application").asText()).isEqualTo("agent \"b\"");
    assertThat(first.path("held_ms").asLong()).isEqualTo(9_000);
    assertThat(first.at("/holder/user").asText()).isEqualTo("agent_a");
    assertThat(document.at("/waits_seen/1/waited_ms").isNull()).isTrue();
    assertThat(document.at("/waits_seen/1/held_ms").isNull()).isTrue();
  }
}
