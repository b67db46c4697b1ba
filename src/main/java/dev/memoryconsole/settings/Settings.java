package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the app remembers between starts.
 *
 * @param theme how the window looks
 * @param recent stores that were opened, the latest first, absolute paths, at most {@value
 *     #RECENT_KEPT}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Settings(@Nullable Theme theme, @Nullable List<String> recent) {
  /** How many recent stores are remembered. */
  public static final int RECENT_KEPT = 10;

  /** Of a first start. */
  public static final Settings DEFAULT = new Settings(Theme.LIGHT, List.of());

  /** How the window looks. */
  public enum Theme {
    LIGHT,
    DARK
  }

  /** The theme, with its default. */
  public Theme themeOrDefault() {
    return theme == null ? Theme.LIGHT : theme;
  }

  /** The recent stores, with their default. */
  public List<Path> recentPaths() {
    return recent == null ? List.of() : recent.stream().map(Path::of).toList();
  }

  /** The same with another theme. */
  public Settings withTheme(Theme newTheme) {
    return new Settings(newTheme, recent);
  }

  /** The same with this store first among the recent ones. */
  public Settings withRecent(Path store) {
    List<String> paths = new ArrayList<>();
    paths.add(store.toString());
    for (Path path : recentPaths()) {
      if (!path.equals(store) && paths.size() < RECENT_KEPT) {
        paths.add(path.toString());
      }
    }
    return new Settings(theme, List.copyOf(paths));
  }
}
