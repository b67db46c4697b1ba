package dev.memoryconsole.about;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The build that is running. Its date is that of its commit, so that building the same sources
 * again makes the same program.
 *
 * @param version such as {@code 1.0.0}
 * @param commit its commit, abbreviated, with {@code -dirty} if the sources were changed since;
 *     empty if it was built from no repository
 * @param date the day of the commit, such as {@code 2026-11-28}; empty with the commit
 */
public record Build(String version, Optional<String> commit, Optional<String> date) {
  /** What the program calls itself. */
  public static final String NAME = "Memory Console";

  private static final String FILE = "/dev/memoryconsole/build.properties";
  private static final String UNKNOWN = "?";
  private static final Build CURRENT = read();

  /** The one that is running. */
  public static Build current() {
    return CURRENT;
  }

  private static Build read() {
    Properties properties = new Properties();
    // Written by the build; a program run from an editor's classes may lack it.
    try (InputStream in = Build.class.getResourceAsStream(FILE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties);
  }

  static Build of(Properties properties) {
    Optional<String> commit = value(properties.getProperty("git.commit.id.abbrev"));
    boolean changed = Boolean.parseBoolean(properties.getProperty("git.dirty"));
    return new Build(
        value(properties.getProperty("git.build.version")).orElse(UNKNOWN),
        commit.map(id -> changed ? id + "-dirty" : id),
        value(properties.getProperty("git.commit.time")));
  }

  private static Optional<String> value(@Nullable String property) {
    return Optional.ofNullable(property).filter(text -> !text.isBlank() && !text.startsWith("$"));
  }

  /** One line, such as {@code Memory Console 1.0.0 (2026-11-28, 64f0a05)}. */
  public String line() {
    String name = NAME + " " + version;
    return commit
        .map(id -> name + " (" + date.map(day -> day + ", ").orElse("") + id + ")")
        .orElse(name);
  }
}
