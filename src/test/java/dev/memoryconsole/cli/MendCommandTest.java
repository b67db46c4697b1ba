package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code mend}: what would change, the count that has to be typed, and what it says. */
class MendCommandTest extends CommandLineTestBase {
  @BeforeEach
  void fill() {
    importExport();
  }

  private Answer mend(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "mend";
    all[1] = store.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return run(all);
  }

  private int total() {
    return run("stats", store.toString(), "--json").json().path("total").intValue();
  }

  @Test
  void withoutTheCountNothingIsWritten() {
    int total = total();
    Answer answer = mend("--set", "scope=agent:new");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .contains(
            "%,d entries would be changed; nothing was. Add --yes %d to do it"
                .formatted(total, total));
    Answer wrong = mend("--set", "scope=agent:new", "--yes", "1");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("would be changed, not 1; nothing was");
    assertThat(run("runs", store.toString(), "--json").json().path("runs")).isEmpty();
  }

  @Test
  void aDryRunShowsEachChange() {
    Answer answer = mend("--set", "tier=core", "--dry-run", "--limit", "1");
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("~ tier: ", "-> \"core\"", "1 entries would be changed");
    JsonNode all = mend("--set", "tier=core", "--dry-run", "--json").json();
    assertThat(all.path("open").intValue() + all.path("done").intValue()).isEqualTo(total());
    assertThat(all.path("previews")).hasSize(total());
  }

  @Test
  void itIsARunThatCanBeShownComparedAndTakenBack() {
    String id =
        run("list", store.toString(), "--json", "--limit", "1")
            .json()
            .path("entries")
            .path(0)
            .path("id")
            .asText();
    Answer mended =
        mend("--set", "scope=agent:new", "--set", "state=archived", "--ids", id, "--yes", "1");
    assertThat(mended.code()).isZero();
    assertThat(mended.out()).contains("Run 1 completed: 1 selected, 1 mended");
    assertThat(run("diff", store.toString(), id).out())
        .contains("column scope", "\"agent:new\"", "-> \"archived\"", "+ mended_at");
    JsonNode told = run("runs", store.toString(), "--json").json().path("runs").path(0);
    assertThat(told.path("kind").asText()).isEqualTo("mend");
    assertThat(told.path("mended").intValue()).isEqualTo(1);
    assertThat(mend("--set", "scope=agent:new", "--ids", id).out()).contains("1 are so already");
    assertThat(run("undo", store.toString(), "--run", "1").out()).contains("1 undone");
    assertThat(run("show", store.toString(), id, "--json").out()).doesNotContain("agent:new");
  }

  @Test
  void aFieldOrValueThatIsNoneGetsOneSentence() {
    assertThat(mend("--set", "colour=red").err()).contains("There is no field \"colour\" to set");
    assertThat(mend("--set", "state=gone").err()).contains("state can't be \"gone\"");
    assertThat(mend("--set", "importance=7").err()).contains("number from 0 to 1, not \"7\"");
    assertThat(mend("--set", "scope= ").err()).contains("A scope can't be blank");
    assertThat(mend("--set", "scope").err()).contains("write field=value");
    assertThat(mend("--set", "tier=core", "--set", "tier=core").err()).contains("set twice");
    assertThat(mend().err()).contains("--set");
  }
}
