package dev.memoryconsole.ui.settings;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Language;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import dev.memoryconsole.ui.common.text.Choices;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;

/** Binds how the window looks. What is chosen holds at once. */
public final class AppearanceController {
  private final ThemeSwitcher themes;
  private final Messages messages;

  @FXML private ComboBox<Optional<Language>> language;
  @FXML private ComboBox<Optional<Theme>> theme;
  @FXML private ComboBox<Integer> textSize;
  @FXML private CheckBox reopens;

  /** Called by the loader. */
  public AppearanceController(ThemeSwitcher themes, Messages messages) {
    this.themes = themes;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    Choices.fill(language, orSystem(Language.values()), this::languageName);
    Choices.fill(theme, orSystem(Theme.values()), this::themeName);
    Choices.fill(
        textSize, Appearance.SIZES, percent -> messages.get("appearance.percent", percent));
    showAll();
    themes.chosen().addListener(value -> showAll());
    onChoice(language, one -> themes.choose(now().withLanguage(one.orElse(null))));
    onChoice(theme, one -> themes.choose(now().withTheme(one.orElse(null))));
    reopens
        .selectedProperty()
        .addListener((value, before, last) -> themes.choose(now().withReopens(last)));
    onChoice(textSize, percent -> themes.choose(now().withTextSize(percent)));
  }

  private Appearance now() {
    return themes.chosen().get();
  }

  private void showAll() {
    language.setValue(Optional.ofNullable(now().language()));
    theme.setValue(Optional.ofNullable(now().theme()));
    textSize.setValue(now().textSize());
    reopens.setSelected(now().reopens());
  }

  private String languageName(Optional<Language> one) {
    return one.map(Language::ownName).orElseGet(() -> messages.get("appearance.systemLanguage"));
  }

  private String themeName(Optional<Theme> one) {
    return messages.get(
        one.map(
                theme ->
                    switch (theme) {
                      case LIGHT -> "appearance.light";
                      case DARK -> "appearance.dark";
                    })
            .orElse("appearance.systemTheme"));
  }

  private static <T> List<Optional<T>> orSystem(T[] values) {
    List<Optional<T>> choices = new ArrayList<>();
    choices.add(Optional.empty());
    for (T value : values) {
      choices.add(Optional.of(value));
    }
    return choices;
  }

  private static <T> void onChoice(ComboBox<T> box, Consumer<T> chosen) {
    // Arrows pass by what nobody means to have, and the window may be built anew with each.
    Runnable take =
        () -> {
          T now = box.getValue();
          if (now != null && !box.isShowing()) {
            chosen.accept(now);
          }
        };
    box.valueProperty().addListener(value -> take.run());
    box.showingProperty().addListener(value -> take.run());
  }
}
