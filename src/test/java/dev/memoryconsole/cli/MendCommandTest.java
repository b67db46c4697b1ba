package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.testing.Sql;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code mend}: what would change, the count that has to be typed, and what it says. */
class MendCommandTest extends CommandLineTestBase {
  @BeforeEach
  void fill() throws Exception {
    importExport();
  }

  private int total() {
    return run("stats STORE --json").number("total");
  }

  private JsonNode runs() {
    return run("runs STORE --json").json().path("runs");
  }

  @Test
  void withoutTheCountNothingIsWritten() {
    int total = total();
    run("mend STORE --set scope=agent:new")
        .isBadUsage(
            "%,d entries would be changed; nothing was. Add --yes %d to do it"
                .formatted(total, total));
    run("mend STORE --set scope=agent:new --yes 1")
        .isBadUsage("would be changed, not 1; nothing was");
    assertThat(runs()).isEmpty();
  }

  @Test
  void aDryRunShowsEachChange() {
    Answer answer = run("mend STORE --set tier=core --dry-run --limit 1");
    answer.isDone();
    assertThat(answer.out()).contains("~ tier: ", "-> \"core\"", "1 entries would be changed");
    Answer all = run("mend STORE --set tier=core --dry-run --json");
    assertThat(all.number("open") + all.number("done")).isEqualTo(total());
    assertThat(all.json().path("previews")).hasSize(total());
    assertThat(runs()).isEmpty();
  }

  @Test
  void itIsARunThatCanBeShownComparedAndTakenBack() {
    String id = run("list STORE --json --limit 1").json().at("/entries/0/id").asText();
    Answer mended =
        run("mend STORE --set scope=agent:new --set state=archived --ids %s --yes 1", id);
    mended.isDone();
    assertThat(mended.out()).contains("Run 1 completed: 1 selected, 1 mended");
    assertThat(run("diff STORE %s", id).out())
        .contains("column scope", "\"agent:new\"", "-> \"archived\"", "+ mended_at");
    assertThat(runs().path(0).path("kind").asText()).isEqualTo("mend");
    assertThat(runs().path(0).path("mended").intValue()).isEqualTo(1);
    assertThat(run("mend STORE --set scope=agent:new --ids %s", id).out())
        .contains("1 are so already");
    assertThat(run("undo STORE --run 1").out()).contains("1 undone");
    assertThat(run("show STORE %s --json", id).out()).doesNotContain("agent:new");
  }

  @Test
  void whatACheckFindsIsMended() throws Exception {
    Sql.run(store, "UPDATE memories SET scope = ' ' WHERE id IN (SELECT id FROM memories LIMIT 3)");
    Answer check = run("check STORE --json");
    check.isDone();
    assertThat(check.number("looked")).isEqualTo(total());
    assertThat(check.number("/blank_scope/count")).isEqualTo(3);
    assertThat(run("check STORE").out()).contains("blank-scope\n", "3 blank-scope, ");
    run("mend STORE --found blank-scope --set scope=global --yes 3").isDone();
    assertThat(run("check STORE --json").number("/blank_scope/count")).isZero();
    run("undo STORE --run 1").isDone();
    assertThat(run("check STORE --json").number("/blank_scope/count")).isEqualTo(3);
    run("mend STORE --found duplicate --set tier=core").isBadUsage("--found takes blank-scope");
    run("mend STORE --merge").isBadUsage("add --found duplicate");
    run("mend STORE --merge --found blank-scope").isBadUsage("duplicate or near-duplicate with");
    run("mend STORE --merge --found duplicate --keep best").isBadUsage("most-used or oldest");
    run("mend STORE --keep oldest --delete").isBadUsage("which one a --merge keeps");
  }

  @Test
  void whatIsDeletedComesBackByAnUndo() throws Exception {
    int total = total();
    String id = run("list STORE --json --limit 1").json().at("/entries/0/id").asText();
    Sql.run(store, "UPDATE memories SET vector = x'00ff10', importance = 0.125");
    String before = Sql.value(store, row(id));
    run("mend STORE --delete --ids %s", id).isBadUsage("1 entries would be deleted; nothing was");
    run("mend STORE --delete --set tier=core --ids %s", id).isBadUsage("don't go together");
    JsonNode shown = run("mend STORE --delete --dry-run --json --ids %s", id).json();
    assertThat(shown.at("/previews/0/delete").asBoolean()).isTrue();
    Answer deleted = run("mend STORE --delete --ids %s --yes 1", id);
    deleted.isDone();
    assertThat(deleted.out()).contains("1 selected, 0 mended, 1 deleted, 0 fallback");
    assertThat(total()).isEqualTo(total - 1);
    assertThat(runs().path(0).path("deleted").intValue()).isEqualTo(1);
    assertThat(run("runs STORE").out()).contains("1 deleted");
    assertThat(run("runs STORE --run 1").out()).contains("deleted    " + id);
    assertThat(run("diff STORE %s --json", id).json().path("deleted").asBoolean()).isTrue();
    assertThat(run("undo STORE --run 1").out()).contains("1 undone");
    assertThat(Sql.value(store, row(id))).isEqualTo(before);
  }

  @Test
  void duplicatesAreMergedByACommand() throws Exception {
    Sql.run(
        store,
        "UPDATE memories SET text = 'The very same.', scope = 'global', category = 'fact',"
            + " metadata = json_object('access_count', rowid)"
            + " WHERE id IN (SELECT id FROM memories LIMIT 3)");
    int total = total();
    Answer shown = run("mend STORE --found duplicate --merge --delete --dry-run --json");
    assertThat(shown.json().path("previews")).hasSize(shown.number("open"));
    assertThat(shown.json().at("/previews/0/group").intValue()).isGreaterThan(1);
    int open = shown.number("open");
    run("mend STORE --found duplicate --merge --delete")
        .isBadUsage("%d entries would be merged; nothing was".formatted(open));
    assertThat(run("mend STORE --found duplicate --merge --delete --dry-run").out())
        .contains("  = kept of 3", "  - deleted");
    run("mend STORE --found duplicate --merge --delete --yes " + open).isDone();
    assertThat(total()).isLessThanOrEqualTo(total - 2);
    assertThat(run("check STORE --json").number("/duplicate/count")).isZero();
    run("undo STORE --run 1").isDone();
    assertThat(total()).isEqualTo(total);
  }

  private static String row(String id) {
    return "SELECT quote(id) || quote(text) || quote(vector) || quote(category) || quote(scope) ||"
        + " quote(importance) || quote(timestamp) || quote(metadata) FROM memories WHERE id = '"
        + id
        + "'";
  }

  @Test
  void mappedReflectionsGetTheCategoriesOfTheirKind() throws Exception {
    Sql.run(
        store,
        "UPDATE memories SET category = 'decision', metadata ="
            + " '{\"type\":\"memory-reflection-mapped\",\"mappedKind\":\"lesson\"}'"
            + " WHERE id IN (SELECT id FROM memories LIMIT 2)");
    int wrong = run("check STORE --json").number("/mapped_category/count");
    assertThat(wrong).isGreaterThanOrEqualTo(2);
    run("mend STORE --found mapped-category --yes %s", wrong).isDone();
    assertThat(run("check STORE --json").number("/mapped_category/count")).isZero();
  }

  @Test
  void aFieldOrValueThatIsNoneGetsOneSentence() {
    run("mend STORE --set colour=red").isBadUsage("There is no field \"colour\" to set");
    run("mend STORE --set state=gone").isBadUsage("state can't be \"gone\"");
    run("mend STORE --set importance=7").isBadUsage("number from 0 to 1, not \"7\"");
    run("mend STORE --set %s", "scope= ").isBadUsage("A scope can't be blank");
    run("mend STORE --set scope").isBadUsage("write field=value");
    run("mend STORE --set tier=core --set tier=core").isBadUsage("set twice");
    run("mend STORE").isBadUsage("--set");
  }
}
