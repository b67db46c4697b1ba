package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.cli.Answer;
import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.store.lance.PluginTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line stays for the later looks only if it is told to. */
@Tag("slow")
class SettleCommandTest {
  @TempDir private Path folder;

  private JsonNode run(Path store, Duration lastLook, String command, String... arguments)
      throws Exception {
    Stores stores =
        new Stores(
                Clock.systemUTC(), folder.resolve("openclaw.json"), Map.<String, String>of()::get)
            .looking(List.of(Duration.ofMillis(100), lastLook));
    Assembly assembly =
        new Assembly(new SimpleEnricher(), Clock.systemUTC(), KeyLookup.system(), stores);
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of(command, store.toString(), "--json"));
    all.addAll(List.of("--workspace", folder.resolve("workspace").toString()));
    all.addAll(List.of(arguments));
    MemoryConsole.run(
        assembly,
        Answer.NO_WINDOW,
        new PrintWriter(out, true),
        new PrintWriter(new StringWriter()),
        all.toArray(String[]::new));
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void aRunIsSettledAfterTheLastLookAndNotBefore() throws Exception {
    Path store = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    JsonNode brief =
        run(store, Duration.ofHours(1), "upgrade", "--no-llm", "--limit", "2", "--no-snapshot");
    assertThat(brief.path("verified").asBoolean()).isTrue();
    assertThat(brief.path("settled").asBoolean(true)).isFalse();
    JsonNode patient =
        run(
            store,
            Duration.ofSeconds(6),
            "upgrade",
            "--no-llm",
            "--limit",
            "2",
            "--no-snapshot",
            "--settle");
    assertThat(patient.path("settled").asBoolean()).isTrue();
    assertThat(patient.path("reapplied").asInt()).isZero();
  }
}
