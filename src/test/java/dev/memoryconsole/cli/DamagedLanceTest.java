package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.Launcher;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.lance.LanceStore;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.testing.OtherJava;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lance ends the whole process over what it does not expect, unless it never gets to see it. */
@Tag("slow")
class DamagedLanceTest {
  @TempDir private Path folder;
  private Path out;
  private Path err;

  @BeforeEach
  void files() {
    out = folder.resolve("out");
    err = folder.resolve("err");
  }

  /** A store of several fragments, some of their rows deleted. */
  private Path store() throws Exception {
    Path root = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
    try (LanceStore store = LanceStore.open(root, PluginTable.options())) {
      List<String> ids = store.ids(EntryQuery.ALL, 21);
      for (int from = 0; from < ids.size(); from += 7) {
        store.patch(
            ids.subList(from, from + 7),
            Patches.of(row -> "{\"memory_category\":\"cases\"}"),
            LockPurpose.of(LockPurpose.Kind.UPGRADE));
      }
    }
    return root;
  }

  private int run(Class<?> main, List<String> arguments) throws Exception {
    List<String> command =
        OtherJava.command(
            List.of(
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("hs_err"),
                "-Dmemoryconsole.test=true",
                "-Dmemoryconsole.cache=" + System.getProperty("memoryconsole.cache")),
            main.getName(),
            arguments.toArray());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private void survives(int from, int to) throws Exception {
    int code =
        run(LanceCases.class, List.of(store().toString(), folder.toString(), "" + from, "" + to));
    String said = Files.readString(out);
    String last = said.lines().reduce("", (before, line) -> line);
    assertThat(code).as("%s, and %s", last, Files.readString(err)).isZero();
    assertThat(Files.readString(err)).doesNotContain("panicked");
    List<String[]> answers =
        said.lines()
            .filter(line -> line.startsWith("answer\t"))
            .map(l -> l.split("\t", -1))
            .toList();
    assertThat(answers)
        .hasSize(2 * (to - from))
        .allSatisfy(
            answer -> {
              assertThat(answer[2]).as(last).isEqualTo("true");
              assertThat(answer[3]).as(last).doesNotContain("\\n").doesNotContain("\tat ");
              if (!answer[1].equals("0")) {
                assertThat(answer[1]).isEqualTo(Integer.toString(ExitCode.REFUSED));
                assertThat(answer[3]).contains("nothing was changed");
              }
            });
    // Indexes and older versions are not needed here, and what a value is nobody can know.
    assertThat(answers.stream().filter(answer -> !answer[1].equals("0")).count())
        .isGreaterThan((to - from) / 5);
  }

  /** Made by LanceDB 0.39, whose files have the format 2.2. */
  @ParameterizedTest
  @ValueSource(strings = {"stats", "list", "show x", "diff x", "export", "upgrade --no-llm"})
  void whatANewerLanceDbWroteIsRefusedByEveryCommand(String words) throws Exception {
    Path store = PluginTable.copyOf("newer-store", folder.resolve("newer"));
    List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
    arguments.add(1, store.toString());
    if (words.equals("export")) {
      arguments.add(folder.resolve("out.json").toString());
    }
    arguments.addAll(List.of("--workspace", folder.resolve("workspace").toString()));
    assertThat(run(Launcher.class, arguments)).isEqualTo(ExitCode.REFUSED);
    assertThat(Files.readString(err))
        .contains("data format 2.2", "Lance 12.0.0", "nothing was changed")
        .hasLineCount(1);
    assertThat(LanceCases.bytes(store))
        .isEqualTo(LanceCases.bytes(PluginTable.copyOf("newer-store", folder.resolve("same"))));
  }

  @Test
  void noDamagedFileEndsTheProcess() throws Exception {
    survives(0, 60);
  }

  @Test
  @Tag("long")
  void noneOfManyDamagedFilesEndsTheProcess() throws Exception {
    survives(1_000, 5_000);
  }
}
