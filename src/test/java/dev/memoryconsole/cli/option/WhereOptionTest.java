package dev.memoryconsole.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.cli.Answer;
import dev.memoryconsole.enrich.SimpleEnricher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries chosen by the language of the window's field. */
class WhereOptionTest {
  @TempDir private Path folder;

  @BeforeEach
  void fill() throws Exception {
    Path file = folder.resolve("in.jsonl");
    Files.writeString(
        file,
        """
        {"id":"a","text":"one","scope":"agent:ops","timestamp":1735689600000,"metadata":"{}"}
        {"id":"b","text":"two","scope":"agent:ops","timestamp":1767225600000,"metadata":"{}"}
        {"id":"c","text":"three","scope":"global","timestamp":1735689600000,"metadata":\
        "{\\"memory_category\\":\\"cases\\",\\"source\\":\\"manual\\",\\"tier\\":\\"core\\"}"}
        """);
    assertThat(run("import", file.toString()).code()).isZero();
  }

  @Test
  void entriesAreChosenByAnyCondition() {
    assertThat(found("scope:agent:ops before:2025-06")).containsExactly("a");
    assertThat(found("tier:core")).containsExactly("c");
    assertThat(found("three meta.source:manual")).containsExactly("c");
    assertThat(found("before:2025-06", "--scope", "global")).containsExactly("c");
    assertThat(found("scope:agent:ops", "--scope", "global")).isEmpty();
    assertThat(found("state:upgraded", "--state", "legacy")).isEmpty();
  }

  @Test
  void anUpgradeAndAnExportTakeWhatItFinds() throws Exception {
    assertThat(run("upgrade", "--no-llm", "--no-snapshot", "--where", "before:2025-06").code())
        .isZero();
    assertThat(found("state:upgraded")).containsExactlyInAnyOrder("a", "c");
    Path file = folder.resolve("out.jsonl");
    assertThat(run("export", file.toString(), "--where", "two").code()).isZero();
    assertThat(Files.readString(file)).contains("\"b\"").doesNotContain("\"c\"");
  }

  @Test
  void whatIsNotUnderstoodChoosesNothing() {
    for (String command : List.of("list", "upgrade", "estimate")) {
      for (String where : List.of("befor:2025", "before:soon", "state:failed", "scope:")) {
        Answer answer =
            command.equals("list")
                ? run(command, "--where", where)
                : run(command, "--no-llm", "--where", where);
        assertThat(answer.code()).as("%s %s", command, where).isEqualTo(2);
      }
    }
    assertThat(run("list", "--where", "before:soon").err()).contains("“before:soon” has no date");
    Path file = folder.resolve("out.jsonl");
    assertThat(run("export", file.toString(), "--where", "befor:2025").code()).isEqualTo(2);
    assertThat(file).doesNotExist();
    assertThat(found("state:legacy")).hasSize(2);
  }

  private List<String> found(String where, String... more) {
    List<String> all = new ArrayList<>(List.of("--where", where, "--json"));
    all.addAll(List.of(more));
    List<String> ids = new ArrayList<>();
    for (JsonNode entry : run("list", all.toArray(String[]::new)).json().path("entries")) {
      ids.add(entry.path("id").textValue());
    }
    return ids;
  }

  private Answer run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, folder.resolve("s.db").toString()));
    all.addAll(List.of(arguments));
    return Answer.of(folder, new SimpleEnricher(), all.toArray(String[]::new));
  }
}
