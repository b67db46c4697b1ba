package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.testing.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files of other programs that can be looked at and not be written. */
class OddFilesCommandTest extends CommandLineTestBase {
  @Test
  void aFileInUtf16IsRefusedByWhoWritesAndExportedWithoutItsBrokenRow() throws Exception {
    Path file = folder.resolve("theirs.db");
    Sql.run(
        file,
        "PRAGMA encoding = 'UTF-16le'",
        Sql.THEIR_TABLE,
        "INSERT INTO memories VALUES ('fine', 'a bridge', 'fact', 'global', 0.5, 1, '{}'),"
            + " ('broken', CAST(x'610000D86200' AS TEXT), 'fact', 'global', 0.5, 2, '{}')");
    byte[] before = Files.readAllBytes(file);
    run("upgrade %s --no-llm", file).isRefused("UTF-16", "nothing was changed");
    run("list %s", file).isDone();
    Path exported = folder.resolve("out.json");
    Answer export = run("export %s %s", file, exported);
    assertThat(export.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(export.err() + export.out()).contains("broken is not in the file: its text");
    assertThat(Files.readString(exported)).contains("a bridge").doesNotContain("broken");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    Path store = folder.resolve("ours.db");
    assertThat(run("import %s %s", store, exported).code()).isEqualTo(ExitCode.DONE);
  }
}
