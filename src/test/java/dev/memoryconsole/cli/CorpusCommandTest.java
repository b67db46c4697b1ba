package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memories of the plugin's corpus indexer, which are a kind of their own in every command. */
class CorpusCommandTest extends CommandLineTestBase {
  @BeforeEach
  void fill() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("in.jsonl"),
            """
            {"id":"old","text":"One that is legacy.","metadata":"{}"}
            {"id":"new","text":"One that is not.","metadata":"{\\"memory_category\\":\\"cases\\",\\"upgraded_at\\":1}"}
            {"id":"stamped","text":"One that was stamped.","metadata":"{\\"memory_category\\":\\"cases\\",\\"source\\":\\"legacy\\"}"}
            {"id":"corpus:a","text":"One of a file.","metadata":"{}"}
            {"id":"flag","text":"Another of a file.","metadata":"{\\"openclaw_corpus\\":true}"}
            """);
    run("import STORE %s", file).isDone();
  }

  private Answer estimate(String more) {
    String line = "estimate STORE --json --llm-url http://127.0.0.1:1/v1 --llm-model gpt-5-mini";
    Answer answer = run(line + more);
    assertThat(answer.err()).isEmpty();
    return answer;
  }

  @Test
  void theyAreListedCountedAndNeverWritten() {
    assertThat(run("stats STORE --json").number("corpus")).isEqualTo(2);
    JsonNode listed = run("list STORE --state corpus --json").json();
    assertThat(listed.path("total").asInt()).isEqualTo(2);
    assertThat(listed.path("entries").findValuesAsText("id"))
        .containsExactlyInAnyOrder("corpus:a", "flag");
    assertThat(listed.path("entries").findValuesAsText("state")).containsOnly("corpus");
    JsonNode upgrade = run("upgrade STORE --no-llm --ids corpus:a,flag,old --json").json();
    assertThat(upgrade.path("upgraded").asInt()).isEqualTo(1);
    assertThat(upgrade.path("skipped").asInt()).isEqualTo(2);
    assertThat(run("show STORE flag").out()).doesNotContain("upgraded_at");
  }

  @Test
  void anEstimateCountsWhatWouldBeSentAndNothingElse() {
    for (String ids : List.of("old", "old,corpus:a,flag,new")) {
      assertThat(estimate(" --ids " + ids).number("entries")).isOne();
      assertThat(estimate(" --ids " + ids).number("calls")).isOne();
    }
    assertThat(estimate("").number("entries")).isOne();
    assertThat(estimate(" --ids corpus:a").number("calls")).isZero();
    assertThat(estimate(" --stamped").number("entries")).isOne();
  }
}
