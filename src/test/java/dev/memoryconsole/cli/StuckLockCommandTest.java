package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.store.lance.PluginTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lock of the plugin's store that a clock which was set back has dated an hour ahead. */
@Tag("slow")
class StuckLockCommandTest extends CommandLineTestBase {
  private Path lock;

  @BeforeEach
  void leaveALock() throws Exception {
    store = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    Files.writeString(store.resolve(".memory-write.lock"), "");
    lock = Files.createDirectory(store.resolve(".memory-write.lock.lock"));
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().plusSeconds(3_600)));
  }

  @Test
  void itIsTakenOverOnceItDoesNotChangeForAsLongAsAllHaveAgreedUpon() {
    Answer upgrade = run("upgrade STORE --no-llm --limit 3 --json");
    assertThat(upgrade.err()).isEmpty();
    assertThat(upgrade.code()).isEqualTo(ExitCode.DONE);
    assertThat(upgrade.number("upgraded")).isEqualTo(3);
    assertThat(lock).doesNotExist();
    assertThat(run("locks STORE --json").out()).contains("taken_over");
  }

  @Test
  void whoseItIsIsSaidAsFarAsTheSystemTells() throws Exception {
    String user = Files.getOwner(lock).getName();
    Answer locks = run("locks STORE");
    assertThat(locks.out().lines().findFirst().orElseThrow())
        .endsWith("Right now it is held by another program of the user " + user + ".");
    assertThat(run("locks STORE --json").json().at("/held_by/user").asText()).isEqualTo(user);
    Files.delete(lock);
    assertThat(run("locks STORE").out()).doesNotContain("Right now");
  }

  @Test
  void breakingItSaysWhatIsTrueOfIt() {
    assertThat(run("break-lock STORE").err())
        .matches(
            "(?s).* last sign of life dated 3[0-9]+ s in the future and unchanged for 0 s, .*");
    Answer broken = run("break-lock STORE --yes");
    assertThat(broken.code()).isEqualTo(ExitCode.DONE);
    assertThat(broken.out()).contains("in the future and unchanged for 10 s").contains("is broken");
    assertThat(lock).doesNotExist();
  }
}
