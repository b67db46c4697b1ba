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

/** Entries chosen by ids as stores really have them. */
class IdsOptionTest {
  @TempDir private Path folder;

  @BeforeEach
  void fill() throws Exception {
    Path file = folder.resolve("in.jsonl");
    Files.writeString(
        file,
        """
        {"id":"a,b","text":"an id with a comma","metadata":"{}"}
        {"id":"a","text":"one","metadata":"{}"}
        {"id":"@x","text":"looks like a file","metadata":"{}"}
        {"id":"e\\u001b[2J","text":"an id with an escape","metadata":"{}"}
        """);
    assertThat(run("import", file.toString()).code()).isZero();
  }

  @Test
  void anIdWithACommaIsChosenAsAWholeAndAListIsSplit() {
    assertThat(ids("--ids", "a,b")).containsExactly("a,b");
    assertThat(ids("--ids", "a,@x")).containsExactlyInAnyOrder("a", "@x");
    assertThat(ids("--ids", "a", "--ids", "a,b")).containsExactlyInAnyOrder("a", "a,b");
    assertThat(ids("--ids", "@x")).containsExactly("@x");
  }

  @Test
  void idsComeFromAFileOneALine() throws Exception {
    Path file = Files.writeString(folder.resolve("ids.txt"), "a,b\n\na\n");
    assertThat(ids("--ids", "@" + file)).containsExactlyInAnyOrder("a", "a,b");
    Answer missing = run("list", "--ids", "@" + folder.resolve("none"));
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("with the ids can't be read");
  }

  @Test
  void idsThatAreNotThereAreNamedAndNoSuccess() {
    Answer list = run("list", "--ids", "a,nope", "--json");
    assertThat(list.code()).isEqualTo(1);
    assertThat(list.err()).contains("There is no entry nope in ");
    assertThat(list.json().path("total").intValue()).isEqualTo(1);
    Answer upgrade = run("upgrade", "--no-llm", "--no-snapshot", "--ids", "a,b", "--ids", "no");
    assertThat(upgrade.code()).isEqualTo(1);
    assertThat(upgrade.err()).contains("There is no entry no in ");
    assertThat(run("list", "--state", "upgraded", "--json").json().path("total").intValue())
        .isEqualTo(1);
    Answer undo = run("undo", "--run", "1", "--ids", "never", "--no-snapshot");
    assertThat(undo.code()).isEqualTo(1);
    assertThat(undo.err()).contains("There is no entry never in run 1");
    assertThat(run("undo", "--run", "1", "--ids", "a,b", "--no-snapshot").code()).isZero();
  }

  @Test
  void anEscapeSequenceInAnIdNeverReachesTheTerminal() {
    for (String command : List.of("list", "stats", "show")) {
      Answer answer = command.equals("show") ? run(command, "e\u001b[2J") : run(command);
      assertThat(answer.out() + answer.err()).doesNotContain("\u001b");
    }
    assertThat(run("show", "no\u001b[2J\nDone.").err()).doesNotContain("\u001b").hasLineCount(1);
  }

  private List<String> ids(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    Answer answer = run("list", all.toArray(String[]::new));
    assertThat(answer.err()).isEmpty();
    List<String> ids = new ArrayList<>();
    for (JsonNode entry : answer.json().path("entries")) {
      ids.add(entry.path("id").textValue());
    }
    return ids;
  }

  private Answer run(String command, String... options) {
    List<String> all = new ArrayList<>(List.of(command, folder.resolve("t.db").toString()));
    all.addAll(List.of(options));
    return Answer.of(folder, new SimpleEnricher(), all.toArray(String[]::new));
  }
}
