package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.SimpleEnricher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memories of the plugin's corpus indexer, which are a kind of their own in every command. */
class CorpusCommandTest {
  @TempDir private Path folder;

  private Answer run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, folder.resolve("store.db").toString()));
    all.addAll(List.of(arguments));
    return Answer.of(folder, new SimpleEnricher(), all.toArray(String[]::new));
  }

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
    assertThat(run("import", file.toString()).code()).isZero();
  }

  private JsonNode estimate(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("--json", "--llm-url", "http://127.0.0.1:1/v1", "--llm-model", "gpt-5-mini"));
    all.addAll(List.of(arguments));
    Answer answer = run("estimate", all.toArray(String[]::new));
    assertThat(answer.err()).isEmpty();
    return answer.json();
  }

  @Test
  void theyAreListedCountedAndNeverWritten() {
    assertThat(run("stats", "--json").json().path("corpus").asInt()).isEqualTo(2);
    JsonNode listed = run("list", "--state", "corpus", "--json").json();
    assertThat(listed.path("total").asInt()).isEqualTo(2);
    assertThat(listed.path("entries").findValuesAsText("id"))
        .containsExactlyInAnyOrder("corpus:a", "flag");
    assertThat(listed.path("entries").findValuesAsText("state")).containsOnly("corpus");
    JsonNode upgrade = run("upgrade", "--no-llm", "--ids", "corpus:a,flag,old", "--json").json();
    assertThat(upgrade.path("upgraded").asInt()).isEqualTo(1);
    assertThat(upgrade.path("skipped").asInt()).isEqualTo(2);
    assertThat(run("show", "flag").out()).doesNotContain("upgraded_at");
  }

  @Test
  void anEstimateCountsWhatWouldBeSentAndNothingElse() {
    for (String ids : List.of("old", "old,corpus:a,flag,new")) {
      assertThat(estimate("--ids", ids).path("entries").asInt()).isOne();
      assertThat(estimate("--ids", ids).path("calls").asInt()).isOne();
    }
    assertThat(estimate().path("entries").asInt()).isOne();
    assertThat(estimate("--ids", "corpus:a").path("calls").asInt()).isZero();
    assertThat(estimate("--stamped").path("entries").asInt()).isOne();
  }
}
