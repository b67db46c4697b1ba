package dev.memoryconsole.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cli.AllCommands;
import dev.memoryconsole.cli.Answer;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class AllCommandsTest {
  @TempDir private Path folder;

  static Stream<Class<?>> all() {
    return Arrays.stream(AllCommands.class.getAnnotation(Command.class).subcommands());
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachIsFoundByItsName(Class<?> command) {
    String name = command.getAnnotation(Command.class).name();

    assertThat(AllCommands.isName(name)).isTrue();
    assertThat(answer(name, "--help").out()).startsWith("Usage: memory-console " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--help stats", "-h stats"})
  void helpBeforeACommandIsAboutAll(String typed) {
    Answer answer = answer(typed.split(" "));

    assertThat(answer.code()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("  stats ", "  lab ", "  test-model ");
  }

  @Test
  void whatIsMisspeltIsToldTheNearest() {
    Answer answer = answer("stat");

    assertThat(answer.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(answer.err()).contains("stat");
  }

  private Answer answer(String... arguments) {
    return Answer.of(folder, new SimpleEnricher(), arguments);
  }
}
