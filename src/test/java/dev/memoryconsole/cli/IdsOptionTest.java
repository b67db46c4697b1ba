package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries chosen by ids as stores really have them. */
class IdsOptionTest extends CommandLineTestBase {
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
    run("import STORE %s", file).isDone();
  }

  @Test
  void anIdWithACommaIsChosenAsAWholeAndAListIsSplit() {
    assertThat(ids("--ids a,b")).containsExactly("a,b");
    assertThat(ids("--ids a,@x")).containsExactlyInAnyOrder("a", "@x");
    assertThat(ids("--ids a --ids a,b")).containsExactlyInAnyOrder("a", "a,b");
    assertThat(ids("--ids @x")).containsExactly("@x");
  }

  @Test
  void idsComeFromAFileOneALine() throws Exception {
    Path file = Files.writeString(folder.resolve("ids.txt"), "a,b\n\na\n");
    assertThat(ids("--ids @" + file)).containsExactlyInAnyOrder("a", "a,b");
    run("list STORE --ids %s", "@" + folder.resolve("none"))
        .isBadUsage("with the ids can't be read");
  }

  @Test
  void idsThatAreNotThereAreNamedAndNoSuccess() {
    Answer list = run("list STORE --ids a,nope --json");
    assertThat(list.code()).isEqualTo(1);
    assertThat(list.err()).contains("There is no entry nope in ");
    assertThat(list.number("total")).isEqualTo(1);
    Answer upgrade = run("upgrade STORE --no-llm --no-snapshot --ids a,b --ids no");
    assertThat(upgrade.code()).isEqualTo(1);
    assertThat(upgrade.err()).contains("There is no entry no in ");
    assertThat(run("list STORE --state upgraded --json").number("total")).isEqualTo(1);
    Answer undo = run("undo STORE --run 1 --ids never --no-snapshot");
    assertThat(undo.code()).isEqualTo(1);
    assertThat(undo.err()).contains("There is no entry never in run 1");
    run("undo STORE --run 1 --ids a,b --no-snapshot").isDone();
  }

  @Test
  void anEscapeSequenceInAnIdNeverReachesTheTerminal() {
    for (String command : List.of("list", "stats", "show")) {
      Answer answer =
          command.equals("show")
              ? run(command + " STORE %s", "e\u001b[2J")
              : run(command + " STORE");
      assertThat(answer.out() + answer.err()).doesNotContain("\u001b");
    }
    assertThat(run("show STORE %s", "no\u001b[2J\nDone.").err())
        .doesNotContain("\u001b")
        .hasLineCount(1);
  }

  private List<String> ids(String options) {
    Answer answer = run("list STORE --json " + options);
    assertThat(answer.err()).isEmpty();
    return answer.json().path("entries").findValuesAsText("id");
  }
}
