package dev.memoryconsole.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.cli.AllCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** What starts Java is written down where each kind of start reads it: it is the same. */
class JavaFlagsTest {
  // Of the heap, and of what Lance and Arrow need; not what names a cache or a log.
  private static final Pattern FLAG =
      Pattern.compile(
          "-Xms\\w+|-Djdk[\\w.]+=\\w+|-XX:[-+]?(?!AOT)\\w+(?:=\\w+)?|--(?:enable-native|add-opens|sun-misc)[\\w./=-]+");

  private static Set<String> flags(String text) {
    return FLAG.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  @Test
  void everyKindOfStartHasTheSameFlags() throws Exception {
    Set<String> launcher = flags(read("src/main/dist/bin/memory-console"));
    assertThat(launcher).hasSizeGreaterThan(8).contains("-Xms32m");
    assertThat(flags(read("jpackage.cfg"))).isEqualTo(launcher);
    String maven = read("pom.xml");
    String run = maven.substring(maven.indexOf("<executable>java</executable>"));
    assertThat(flags(run.substring(0, run.indexOf("<classpath/>")))).isEqualTo(launcher);
  }

  /** A command that a launcher does not know starts with the window's cache, which takes longer. */
  @ParameterizedTest
  @ValueSource(strings = {"src/main/dist/bin/memory-console", "src/main/dist/package/launcher.sh"})
  void launchersKnowEveryCommand(String launcher) throws Exception {
    Matcher listed = Pattern.compile("commands=\" ([a-z\\\\\\s-]+) \"").matcher(read(launcher));
    assertThat(listed.find()).isTrue();
    List<String> commands =
        Arrays.stream(AllCommands.class.getAnnotation(Command.class).subcommands())
            .map(command -> command.getAnnotation(Command.class).name())
            .filter(name -> !name.equals("open"))
            .toList();
    assertThat(listed.group(1).split("[\\\\\\s]+")).containsExactlyElementsOf(commands);
  }
}
