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
  void everyMemoryIsInOnePartOfWhateverTheyAreCountedBy() {
    JsonNode all =
        run("stats STORE --by state,category,scope,month --by age,TIER,source,recalled --json")
            .json();
    assertThat(all.path("by").size()).isEqualTo(8);
    for (JsonNode parts : all.path("by")) {
      int sum = 0;
      for (JsonNode part : parts) {
        int count = part.path("count").asInt();
        sum += count;
        String where = part.path("where").asText();
        assertThat(run("list STORE --json --where %s", where).number("total"))
            .as(where)
            .isEqualTo(count);
      }
      assertThat(sum).as("%s", parts).isEqualTo(5).isEqualTo(all.path("total").asInt());
    }
    assertThat(all.at("/by/state").findValuesAsText("count"))
        .containsExactly("1", "1", "0", "2", "1");
    assertThat(all.at("/by/source/0/part").asText()).isEqualTo("legacy");
    assertThat(run("stats STORE --by recalled,month").out())
        .contains("Recalled", "never", "10 times or more", "Month")
        .doesNotContain("Scope");
    assertThat(run("stats STORE").out()).contains("Category", "Scope").doesNotContain("Recalled");
    run("stats STORE --by colour").isBadUsage("--by", "RECALLED");
  }

  @Test
  void theLargestAreListed() {
    JsonNode large = run("stats STORE --json --largest 2").json().path("largest");
    assertThat(large.findValuesAsText("id")).containsExactly("stamped", "new");
    assertThat(large.at("/0/bytes").asInt()).isGreaterThan(large.at("/1/bytes").asInt());
    assertThat(run("stats STORE --largest 1").out()).contains("Largest", "One that was stamped.");
    run("stats STORE --largest 0").isBadUsage("--largest");
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
