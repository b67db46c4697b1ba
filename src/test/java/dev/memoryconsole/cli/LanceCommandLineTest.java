package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.node.Node;
import dev.memoryconsole.node.Peer;
import dev.memoryconsole.store.lance.PluginTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands over a copy of the plugin's own live store. */
@Tag("node")
class LanceCommandLineTest extends CommandLineTestBase {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @BeforeEach
  void copy() throws Exception {
    store = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
  }

  private int stats(String key) {
    return run("stats STORE --json").number(key);
  }

  @Test
  void everyCommandWorksOnTheLiveStore() throws Exception {
    assertThat(stats("total")).isEqualTo(320);
    assertThat(stats("legacy")).isEqualTo(240);
    JsonNode listed = run("list STORE --state legacy --limit 5 --json").json();
    assertThat(listed.path("total").asInt()).isEqualTo(240);
    String id = listed.path("entries").get(0).path("id").textValue();
    assertThat(run("show STORE %s", id).out()).contains(id);
    assertThat(run("list STORE --search 深色主题 --json").number("total")).isPositive();

    Answer upgrade = run("upgrade STORE --no-llm --batch-size 10 --json");
    assertThat(upgrade.code()).isEqualTo(ExitCode.DONE);
    assertThat(upgrade.number("/lock/acquisitions")).isEqualTo(24);
    assertThat(stats("legacy")).isZero();
    assertThat(run("diff STORE %s", id).out()).contains("memory_category");
    assertThat(run("runs STORE --json").out()).contains("completed");
    run("retry STORE --no-llm --json").isDone();
    assertThat(run("export STORE %s", folder.resolve("out.json")).code()).isEqualTo(ExitCode.DONE);
    assertThat(MAPPER.readTree(folder.resolve("out.json").toFile()).path("count").asInt())
        .isEqualTo(320);

    run("undo STORE --run 1").isDone();
    assertThat(stats("legacy")).isEqualTo(240);

    JsonNode snapshots = run("snapshots STORE --json").json();
    assertThat(snapshots.findValuesAsText("snapshot")).hasSizeGreaterThanOrEqualTo(2);
    run("snapshot STORE").isDone();
    run("upgrade STORE --no-llm --limit 50").isDone();
    assertThat(stats("legacy")).isEqualTo(190);
    String manual =
        run("snapshots STORE --json").json().findValuesAsText("snapshot").stream()
            .filter(name -> name.contains("manual"))
            .findFirst()
            .orElseThrow();
    run("restore STORE --snapshot %s", manual).isDone();
    assertThat(stats("legacy")).isEqualTo(240);
    assertThat(stats("total")).isEqualTo(320);
  }

  @Test
  void oneByOneInTheSettingsGivesWayToBatchesWhereRowsHaveNoVersions() throws Exception {
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(
        workspace.resolve("settings.json"), "{\"locking\":{\"commit\":\"CAS\",\"batchSize\":10}}");
    JsonNode run = run("upgrade STORE --no-llm --limit 20 --json").json();
    assertThat(run.path("upgraded").asInt()).isEqualTo(20);
    assertThat(run.path("lock").path("acquisitions").asInt()).isEqualTo(2);
    run("upgrade STORE --no-llm --limit 20 --commit cas").isRefused("keep no versions to compare");
  }

  @Test
  void theLockOfAHolderThatIsGoneIsBrokenAndThatIsRecorded() throws Exception {
    Path lock = Files.createDirectory(store.resolve(".memory-write.lock.lock"));
    run("break-lock STORE --yes").isRefused("it is alive");
    assertThat(lock).exists();

    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(12)));
    assertThat(run("break-lock STORE").err()).contains("stale at 10 s; nothing was changed");
    assertThat(lock).exists();
    assertThat(run("break-lock STORE --yes --json").json().path("broken").asBoolean()).isTrue();
    assertThat(lock).doesNotExist();
    assertThat(run("locks STORE --json").json().path("events").findValuesAsText("outcome"))
        .contains("broken");
  }

  /** Its plugin may lock through Redis, or not at all. */
  @Test
  void aStoreWhoseLockNoPluginEverTookIsWarnedOfAndUpgradedAllTheSame() throws Exception {
    Files.delete(store.resolve(".memory-write.lock"));
    assertThat(run("stats STORE").err()).isEmpty();
    assertThat(run("upgrade STORE --no-llm --limit 3 --dry-run").err()).isEmpty();
    Answer upgrade = run("upgrade STORE --no-llm --limit 3 --json");
    assertThat(upgrade.code()).isEqualTo(ExitCode.DONE);
    assertThat(upgrade.number("upgraded")).isEqualTo(3);
    assertThat(upgrade.err())
        .contains("No plugin has been seen to take its lock in ", "may be lost")
        .hasLineCount(1);
    Answer said = run("upgrade STORE --no-llm --limit 3 --plugin-lock directory");
    assertThat(said.code()).isEqualTo(ExitCode.DONE);
    assertThat(said.err()).isEmpty();
    assertThat(run("stats STORE --plugin-lock none").code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void theTableOfTheBuiltInPluginIsLookedAtExportedAndNotUpgraded() throws Exception {
    Path builtIn = PluginTable.copyOf("builtin-store", folder.resolve("lancedb"));
    assertThat(run("stats %s --json", builtIn).number("total")).isEqualTo(3);
    assertThat(run("list %s --json", builtIn).number("total")).isEqualTo(3);
    Path export = folder.resolve("builtin.json");
    run("export %s %s", builtIn, export).isDone();
    assertThat(MAPPER.readTree(export.toFile()).path("count").asInt()).isEqualTo(3);
    Answer upgrade = run("upgrade %s --no-llm", builtIn);
    assertThat(upgrade.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(upgrade.err()).contains("whose memories have no metadata to hold an upgrade");
    assertThat(builtIn).isDirectoryNotContaining("glob:**/.memory-write*");
  }

  @Test
  void aSnapshotThatThePluginHasRemovedIsMarkedAndNotRestored() throws Exception {
    Node.assumeThere();
    String name = run("snapshot STORE --json").json().path("snapshot").textValue();
    assertThat(run("upgrade STORE --no-llm --no-snapshot --limit 3").code())
        .isEqualTo(ExitCode.DONE);
    assertThat(run("snapshots STORE").out()).contains(name).doesNotContain("can't be restored");
    try (Peer cleaner = Node.start("cleaner.mjs", store)) {
      cleaner.tell("clean 1");
      assertThat(cleaner.expect("cleaned", new ArrayList<>())).isEqualTo("1 0");
    }
    assertThat(run("snapshots STORE").out().lines().filter(line -> line.contains(name)))
        .singleElement()
        .asString()
        .endsWith("; can't be restored, the plugin has removed it");
    assertThat(run("snapshots STORE --json").json().path("snapshots").path(0).path("kept"))
        .isEqualTo(BooleanNode.FALSE);

    Map<String, Integer> before = LanceCases.bytes(store);
    run("restore STORE --snapshot %s", name)
        .isRefused("the plugin has removed the version", "nothing was changed");
    assertThat(LanceCases.bytes(store)).isEqualTo(before);
    assertThat(run("snapshots STORE --json").json().path("snapshots")).hasSize(1);
    assertThat(run("runs STORE --json").json().findValuesAsText("run")).hasSize(1);
    assertThat(stats("legacy")).isEqualTo(237);
  }

  @Test
  void theTableMayBeNamedInsteadOfTheDirectory() throws Exception {
    run("upgrade STORE --no-llm --limit 3");
    Answer runs = run("runs %s --json", store.resolve("memories.lance"));
    assertThat(runs.json().findValuesAsText("run")).isNotEmpty();
  }

  @Test
  void anImportIsRefusedWithOneSentence() throws Exception {
    Path lines =
        Files.writeString(
            folder.resolve("backup.jsonl"),
            "{\"id\":\"x\",\"text\":\"t\",\"category\":\"fact\",\"scope\":\"global\","
                + "\"importance\":1,\"timestamp\":1,\"metadata\":\"{}\"}\n");
    Answer refused = run("import STORE %s", lines);
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("vector").contains("nothing was changed");
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(stats("total")).isEqualTo(320);
  }

  @Test
  void aDirectoryWithoutMemoriesIsRefusedWithOneSentence() {
    Answer refused = run("stats %s", folder);
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("memories.lance").contains("nothing was changed");
    assertThat(refused.err().strip().lines()).hasSize(1);
  }

  @Test
  void whatAnAgentStampedIsOfferedAndUpgraded() throws Exception {
    List<String> ids =
        run("list STORE --state legacy --limit 2 --json")
            .json()
            .path("entries")
            .findValuesAsText("id");
    try (PluginTable plugin = PluginTable.of(store)) {
      plugin.update(
          ids,
          metadata -> "{\"memory_category\":\"cases\",\"source\":\"legacy\",\"tier\":\"core\"}");
    }
    assertThat(stats("stamped")).isEqualTo(2);
    assertThat(stats("upgraded")).isEqualTo(80);
    assertThat(run("stats STORE").out()).contains("--possibly-legacy");
    Answer upgrade = run("upgrade STORE --stamped --no-llm --json");
    assertThat(upgrade.code()).isEqualTo(ExitCode.DONE);
    assertThat(stats("stamped")).isZero();
    assertThat(stats("upgraded")).isEqualTo(82);
    assertThat(run("show STORE %s", ids.getFirst()).out()).contains("upgraded_at").contains("core");
  }
}
