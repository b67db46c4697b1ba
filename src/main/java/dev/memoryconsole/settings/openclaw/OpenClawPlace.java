package dev.memoryconsole.settings.openclaw;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where OpenClaw looks for its configuration. */
final class OpenClawPlace {
  private static final String NAME = "openclaw.json";
  // What OpenClaw was called before.
  private static final List<String> FORMER = List.of("clawdbot", "moldbot", "moltbot");

  private OpenClawPlace() {}

  /**
   * The file, which need not be there: what {@code OPENCLAW_CONFIG_PATH} names, else in {@code
   * OPENCLAW_STATE_DIR}, else in the folder of the profile in {@code OPENCLAW_HOME} or the home
   * folder.
   *
   * @param environment looks up variables
   * @param home the user's home folder
   */
  static Path file(UnaryOperator<@Nullable String> environment, Path home) {
    String openClawHome = value(environment, "OPENCLAW_HOME");
    Path base = openClawHome.isEmpty() ? home : expand(openClawHome, home);
    String file = value(environment, "OPENCLAW_CONFIG_PATH");
    if (!file.isEmpty()) {
      return expand(file, base);
    }
    String state = value(environment, "OPENCLAW_STATE_DIR");
    if (!state.isEmpty()) {
      return in(expand(state, base));
    }
    String profile = value(environment, "OPENCLAW_PROFILE");
    if (!profile.isEmpty() && !profile.equalsIgnoreCase("default")) {
      return in(expand("~/.openclaw-" + profile, base));
    }
    Path standard = in(base.resolve(".openclaw"));
    if (!Files.exists(standard)) {
      for (String former : FORMER) {
        Path old = in(base.resolve("." + former));
        if (Files.exists(old)) {
          return old;
        }
      }
    }
    return standard;
  }

  private static Path in(Path folder) {
    Path standard = folder.resolve(NAME);
    if (!Files.exists(standard)) {
      for (String former : FORMER) {
        Path old = folder.resolve(former + ".json");
        if (Files.exists(old)) {
          return old;
        }
      }
    }
    return standard;
  }

  private static String value(UnaryOperator<@Nullable String> environment, String name) {
    String value = environment.apply(name);
    return value == null ? "" : value.strip();
  }

  private static Path expand(String path, Path home) {
    try {
      return path.equals("~") || path.startsWith("~/")
          ? home.resolve(path.substring(Math.min(2, path.length())))
          : Path.of(path).toAbsolutePath();
    } catch (InvalidPathException e) {
      return in(home.resolve(".openclaw"));
    }
  }
}
