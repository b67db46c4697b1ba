package dev.memoryconsole.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that start a class of this program or of its tests in a JVM of its own. */
public final class OtherJava {
  private OtherJava() {}

  /** The command for a class of the tests. */
  public static List<String> command(Class<?> main, Object... arguments) {
    return command(List.of(), main.getName(), arguments);
  }

  /**
   * The command for a class by its name.
   *
   * @param flags what the JVM gets beside what every one of them gets
   */
  public static List<String> command(List<String> flags, String main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // It lives too short to be compiled well.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), main));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /** Starts a class of the tests; what it says as an error is said by this process. */
  public static Process start(Class<?> main, Object... arguments) throws IOException {
    return new ProcessBuilder(command(main, arguments))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What the build hands over in a jar's manifest, entry by entry. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
