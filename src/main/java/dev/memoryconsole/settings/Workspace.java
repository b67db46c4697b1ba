package dev.memoryconsole.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The app's own folder: journal, settings, snapshots, demo store, log.
 *
 * @param directory absolute; made when something is first written to it
 */
public record Workspace(Path directory) {
  private static final String NAME = "memory-console";

  /** Makes the path absolute. */
  public Workspace {
    directory = directory.toAbsolutePath().normalize();
  }

  /**
   * The platform's place for application data: {@code $XDG_DATA_HOME} or {@code ~/.local/share} on
   * Linux, {@code ~/Library/Application Support} on macOS, {@code %APPDATA%} on Windows.
   */
  public static Workspace standard() {
    return of(System.getProperty("os.name", ""), home().toString(), System.getenv());
  }

  /**
   * The user's home folder as shells and other programs know it: {@code $HOME}, else (and on
   * Windows) Java's, which on Linux is the one in the list of users whatever {@code HOME} says.
   */
  public static Path home() {
    return homeOf(
        System.getProperty("os.name", ""), System.getProperty("user.home", "."), System.getenv());
  }

  static Path homeOf(String os, String javas, Map<String, String> environment) {
    String home = os.toLowerCase(Locale.ROOT).contains("win") ? null : environment.get("HOME");
    return home != null && Path.of(home).isAbsolute() ? Path.of(home) : Path.of(javas);
  }

  static Workspace of(String os, String home, Map<String, String> environment) {
    UnaryOperator<@Nullable String> absolute =
        value -> value != null && Path.of(value).isAbsolute() ? value : null;
    String system = os.toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return new Workspace(Path.of(home, "Library", "Application Support", NAME));
    }
    String base =
        absolute.apply(environment.get(system.contains("win") ? "APPDATA" : "XDG_DATA_HOME"));
    return new Workspace(
        base == null ? Path.of(home, ".local", "share", NAME) : Path.of(base, NAME));
  }

  /**
   * The platform's place for what can be made again, shared by all workspaces: {@code
   * $XDG_CACHE_HOME} or {@code ~/.cache} on Linux, {@code ~/Library/Caches} on macOS, {@code
   * %LOCALAPPDATA%} on Windows. The system property {@code memoryconsole.cache} overrides it.
   */
  public static Path cache() {
    String chosen = System.getProperty("memoryconsole.cache", "");
    return chosen.isEmpty()
        ? cacheOf(System.getProperty("os.name", ""), home().toString(), System.getenv())
        : Path.of(chosen);
  }

  static Path cacheOf(String os, String home, Map<String, String> environment) {
    String system = os.toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return Path.of(home, "Library", "Caches", NAME);
    }
    String base = environment.get(system.contains("win") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    return base != null && Path.of(base).isAbsolute()
        ? Path.of(base, NAME)
        : Path.of(home, ".cache", NAME);
  }

  /** The journal's database. */
  public Path journal() {
    return directory.resolve("journal.db");
  }

  /** The settings. */
  public Path settings() {
    return directory.resolve("settings.json");
  }

  /** The demo store, once it has been tried. */
  public Path demoStore() {
    return directory.resolve("demo.db");
  }

  /** The snapshots of all stores. */
  public Path snapshots() {
    return directory.resolve("snapshots");
  }

  /** Copies of stores on which the contention lab tries things; gone when it has ended. */
  public Path lab() {
    return directory.resolve("lab");
  }

  /** Where the log goes. */
  public Path logs() {
    return directory.resolve("logs");
  }
}
