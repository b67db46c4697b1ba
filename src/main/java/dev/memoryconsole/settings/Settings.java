package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the app remembers between starts.
 *
 * @param theme how the window looks
 * @param recent stores that were opened, the latest first, absolute paths, at most {@value
 *     #RECENT_KEPT}
 * @param model the model that enriches; null for none
 * @param prices the admin's own prices by model, over those that come with the app
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Settings(
    @Nullable Theme theme,
    @Nullable List<String> recent,
    @Nullable ModelSettings model,
    @Nullable Map<String, Price> prices) {
  /** How many recent stores are remembered. */
  public static final int RECENT_KEPT = 10;

  /** Of a first start. */
  public static final Settings DEFAULT = new Settings(Theme.LIGHT, List.of(), null, null);

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

  /** The model that enriches, if one is configured. */
  public Optional<ModelSettings> configuredModel() {
    return Optional.ofNullable(model);
  }

  /** The admin's own prices, with their default. */
  public Map<String, Price> pricesOrDefault() {
    return prices == null ? Map.of() : prices;
  }

  /** The same with another theme. */
  public Settings withTheme(Theme newTheme) {
    return new Settings(newTheme, recent, model, prices);
  }

  /**
   * The same with another model; null for none.
   *
   * @throws IllegalArgumentException if the place of the key or the base URL can't be one: they may
   *     hold a key or a password, and a file must not
   */
  public Settings withModel(@Nullable ModelSettings newModel) {
    if (newModel != null) {
      newModel
          .key()
          .problem()
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException(problem);
              });
      if (!newModel.baseUrl().isEmpty()) {
        Endpoint.of(newModel.baseUrl());
      }
    }
    return new Settings(theme, recent, newModel, prices);
  }

  /** The same with other prices of the admin's own. */
  public Settings withPrices(Map<String, Price> newPrices) {
    return new Settings(theme, recent, model, Map.copyOf(newPrices));
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
    return new Settings(theme, List.copyOf(paths), model, prices);
  }
}
