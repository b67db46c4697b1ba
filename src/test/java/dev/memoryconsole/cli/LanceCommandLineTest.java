package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
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
import org.junit.jupiter.api.io.TempDir;

/** The commands over a copy of the plugin's own live store. */
@Tag("node")
class LanceCommandLineTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;
  private Path store;

  @BeforeEach
  void copy() throws Exception {
    store = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
  }

  private Answer run(String command, String... arguments) {
    return runOn(store, command, arguments);
  }

  private Answer runOn(Path path, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, path.toString()));
    all.addAll(List.of(arguments));
    return Answer.of(folder, new SimpleEnricher(), all.toArray(String[]::new));
  }

  private long stats(String key) throws Exception {
    return run("stats", "--json").json().path(key).asLong();
  }

  @Test
  void everyCommandWorksOnTheLiveStore() throws Exception {
    assertThat(stats("total")).isEqualTo(320);
    assertThat(stats("legacy")).isEqualTo(240);
    JsonNode listed = run("list", "--state", "legacy", "--limit", "5", "--json").json();
    assertThat(listed.path("total").asInt()).isEqualTo(240);
    String id = listed.path("entries").get(0).path("id").textValue();
    assertThat(run("show", id).out()).contains(id);
    assertThat(run("list", "--search", "深色主题", "--json").json().path("total").asInt()).isPositive();

    Answer upgrade = run("upgrade", "--no-llm", "--batch-size", "10", "--json");
    assertThat(upgrade.code()).isEqualTo(ExitCode.DONE);
    assertThat(upgrade.json().path("lock").path("acquisitions").asInt()).isEqualTo(24);
    assertThat(stats("legacy")).isZero();
    assertThat(run("diff", id).out()).contains("memory_category");
    assertThat(run("runs", "--json").out()).contains("completed");
    assertThat(run("retry", "--no-llm", "--json").code()).isEqualTo(ExitCode.DONE);
    assertThat(run("export", folder.resolve("out.json").toString()).code())
        .isEqualTo(ExitCode.DONE);
    assertThat(MAPPER.readTree(folder.resolve("out.json").toFile()).path("count").asInt())
        .isEqualTo(320);

    assertThat(run("undo", "--run", "1").code()).isEqualTo(ExitCode.DONE);
    assertThat(stats("legacy")).isEqualTo(240);

    JsonNode snapshots = run("snapshots", "--json").json();
    assertThat(snapshots.findValuesAsText("snapshot")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(run("snapshot").code()).isEqualTo(ExitCode.DONE);
    assertThat(run("upgrade", "--no-llm", "--limit", "50").code()).isEqualTo(ExitCode.DONE);
    assertThat(stats("legacy")).isEqualTo(190);
    String manual =
        run("snapshots", "--json").json().findValuesAsText("snapshot").stream()
            .filter(name -> name.contains("manual"))
            .findFirst()
            .orElseThrow();
    assertThat(run("restore", "--snapshot", manual).code()).isEqualTo(ExitCode.DONE);
    assertThat(stats("legacy")).isEqualTo(240);
    assertThat(stats("total")).isEqualTo(320);
  }

  @Test
  void oneByOneInTheSettingsGivesWayToBatchesWhereRowsHaveNoVersions() throws Exception {
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(
        workspace.resolve("settings.json"), "{\"locking\":{\"commit\":\"CAS\",\"batchSize\":10}}");
    JsonNode run = run("upgrade", "--no-llm", "--limit", "20", "--json").json();
    assertThat(run.path("upgraded").asInt()).isEqualTo(20);
    assertThat(run.path("lock").path("acquisitions").asInt()).isEqualTo(2);
    Answer demanded = run("upgrade", "--no-llm", "--limit", "20", "--commit", "cas");
    assertThat(demanded.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(demanded.err()).contains("keep no versions to compare").hasLineCount(1);
  }

  @Test
  void theLockOfAHolderThatIsGoneIsBrokenAndThatIsRecorded() throws Exception {
    Path lock = Files.createDirectory(store.resolve(".memory-write.lock.lock"));
    Answer alive = run("break-lock", "--yes");
    assertThat(alive.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(alive.err()).contains("it is alive").hasLineCount(1);
    assertThat(lock).exists();

    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(12)));
    assertThat(run("break-lock").err()).contains("stale at 10 s; nothing was changed");
    assertThat(lock).exists();
    assertThat(run("break-lock", "--yes", "--json").json().path("broken").asBoolean()).isTrue();
    assertThat(lock).doesNotExist();
    assertThat(run("locks", "--json").json().path("events").findValuesAsText("outcome"))
        .contains("broken");
  }

  /** Its plugin may lock through Redis, or not at all. */
  @Test
  void aStoreWhoseLockNoPluginEverTookIsWarnedOfAndUpgradedAllTheSame() throws Exception {
    Files.delete(store.resolve(".memory-write.lock"));
    assertThat(run("stats").err()).isEmpty();
    assertThat(run("upgrade", "--no-llm", "--limit", "3", "--dry-run").err()).isEmpty();
    Answer upgrade = run("upgrade", "--no-llm", "--limit", "3", "--json");
    assertThat(upgrade.code()).isEqualTo(ExitCode.DONE);
    assertThat(upgrade.json().path("upgraded").asInt()).isEqualTo(3);
    assertThat(upgrade.err())
        .contains("No plugin has been seen to take its lock in ", "may be lost")
        .hasLineCount(1);
    Answer said = run("upgrade", "--no-llm", "--limit", "3", "--plugin-lock", "directory");
    assertThat(said.code()).isEqualTo(ExitCode.DONE);
    assertThat(said.err()).isEmpty();
    assertThat(run("stats", "--plugin-lock", "none").code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void theTableOfTheBuiltInPluginIsLookedAtExportedAndNotUpgraded() throws Exception {
    Path builtIn = PluginTable.copyOf("builtin-store", folder.resolve("lancedb"));
    assertThat(runOn(builtIn, "stats", "--json").json().path("total").asInt()).isEqualTo(3);
    assertThat(runOn(builtIn, "list", "--json").json().path("total").asInt()).isEqualTo(3);
    Path export = folder.resolve("builtin.json");
    assertThat(runOn(builtIn, "export", export.toString()).code()).isEqualTo(ExitCode.DONE);
    assertThat(MAPPER.readTree(export.toFile()).path("count").asInt()).isEqualTo(3);
    Answer upgrade = runOn(builtIn, "upgrade", "--no-llm");
    assertThat(upgrade.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(upgrade.err()).contains("whose memories have no metadata to hold an upgrade");
    assertThat(builtIn).isDirectoryNotContaining("glob:**/.memory-write*");
  }

  @Test
  void aSnapshotThatThePluginHasRemovedIsMarkedAndNotRestored() throws Exception {
    Node.assumeThere();
    String name = run("snapshot", "--json").json().path("snapshot").textValue();
    assertThat(run("upgrade", "--no-llm", "--no-snapshot", "--limit", "3").code())
        .isEqualTo(ExitCode.DONE);
    assertThat(run("snapshots").out()).contains(name).doesNotContain("can't be restored");
    try (Peer cleaner = Node.start("cleaner.mjs", store)) {
      cleaner.tell("clean 1");
      assertThat(cleaner.expect("cleaned", new ArrayList<>())).isEqualTo("1 0");
    }
    assertThat(run("snapshots").out().lines().filter(line -> line.contains(name)))
        .singleElement()
        .asString()
        .endsWith("; can't be restored, the plugin has removed it");
    assertThat(run("snapshots", "--json").json().path("snapshots").path(0).path("kept"))
        .isEqualTo(BooleanNode.FALSE);

    Map<String, Integer> before = LanceCases.bytes(store);
    Answer refused = run("restore", "--snapshot", name);
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err())
        .contains("the plugin has removed the version", "nothing was changed")
        .hasLineCount(1);
    assertThat(LanceCases.bytes(store)).isEqualTo(before);
    assertThat(run("snapshots", "--json").json().path("snapshots")).hasSize(1);
    assertThat(run("runs", "--json").json().findValuesAsText("run")).hasSize(1);
    assertThat(stats("legacy")).isEqualTo(237);
  }

  @Test
  void theTableMayBeNamedInsteadOfTheDirectory() throws Exception {
    run("upgrade", "--no-llm", "--limit", "3");
    Answer runs = runOn(store.resolve("memories.lance"), "runs", "--json");
    assertThat(runs.json().findValuesAsText("run")).isNotEmpty();
  }

  @Test
  void anImportIsRefusedWithOneSentence() throws Exception {
    Path lines =
        Files.writeString(
            folder.resolve("backup.jsonl"),
            "{\"id\":\"x\",\"text\":\"t\",\"category\":\"fact\",\"scope\":\"global\","
                + "\"importance\":1,\"timestamp\":1,\"metadata\":\"{}\"}\n");
    Answer refused = run("import", lines.toString());
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("vector").contains("nothing was changed");
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(stats("total")).isEqualTo(320);
  }

  @Test
  void aDirectoryWithoutMemoriesIsRefusedWithOneSentence() {
    Answer refused = runOn(folder, "stats");
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("memories.lance").contains("nothing was changed");
    assertThat(refused.err().strip().lines()).hasSize(1);
  }

  @Test
  void whatAnAgentStampedIsOfferedAndUpgraded() throws Exception {
    List<String> ids =
        run("list", "--state", "legacy", "--limit", "2", "--json")
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
    assertThat(run("stats").out()).contains("--stamped");
    Answer upgrade = run("upgrade", "--stamped", "--no-llm", "--json");
    assertThat(upgrade.code()).isEqualTo(ExitCode.DONE);
    assertThat(stats("stamped")).isZero();
    assertThat(stats("upgraded")).isEqualTo(82);
    assertThat(run("show", ids.getFirst()).out()).contains("upgraded_at").contains("core");
  }
}
