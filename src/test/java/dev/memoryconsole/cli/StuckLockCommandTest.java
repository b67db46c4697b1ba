package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.store.lance.PluginTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lock of the plugin's store that a clock which was set back has dated an hour ahead. */
@Tag("slow")
class StuckLockCommandTest {
  @TempDir private Path folder;
  private Path store;
  private Path lock;

  @BeforeEach
  void leaveALock() throws Exception {
    store = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    Files.writeString(store.resolve(".memory-write.lock"), "");
    lock = Files.createDirectory(store.resolve(".memory-write.lock.lock"));
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().plusSeconds(3_600)));
  }

  private Answer run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, store.toString()));
    all.addAll(List.of(arguments));
    return Answer.of(folder, new SimpleEnricher(), all.toArray(String[]::new));
  }

  @Test
  void itIsTakenOverOnceItDoesNotChangeForAsLongAsAllHaveAgreedUpon() {
    Answer upgrade = run("upgrade", "--no-llm", "--limit", "3", "--json");
    assertThat(upgrade.err()).isEmpty();
    assertThat(upgrade.code()).isEqualTo(ExitCode.DONE);
    assertThat(upgrade.json().path("upgraded").asInt()).isEqualTo(3);
    assertThat(lock).doesNotExist();
    assertThat(run("locks", "--json").out()).contains("taken_over");
  }

  @Test
  void whoseItIsIsSaidAsFarAsTheSystemTells() throws Exception {
    String user = Files.getOwner(lock).getName();
    Answer locks = run("locks");
    assertThat(locks.out().lines().findFirst().orElseThrow())
        .endsWith("Right now it is held by another program of the user " + user + ".");
    assertThat(run("locks", "--json").json().at("/held_by/user").asText()).isEqualTo(user);
    Files.delete(lock);
    assertThat(run("locks").out()).doesNotContain("Right now");
  }

  @Test
  void breakingItSaysWhatIsTrueOfIt() {
    assertThat(run("break-lock").err())
        .matches(
            "(?s).* last sign of life dated 3[0-9]+ s in the future and unchanged for 0 s, .*");
    Answer broken = run("break-lock", "--yes");
    assertThat(broken.code()).isEqualTo(ExitCode.DONE);
    assertThat(broken.out()).contains("in the future and unchanged for 10 s").contains("is broken");
    assertThat(lock).doesNotExist();
  }
}
