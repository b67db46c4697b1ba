package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Language;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Language, colours and size of text are changed while the window is open. */
class AppearanceInWindowTest extends WindowTest {
  @Test
  void anotherLanguageLeavesStoreFilterSelectionAndDetailsAsTheyWere() throws Exception {
    show(services.store("agent.db", legacy(12)));
    run(() -> node("#search", TextField.class).setText("m0"));
    until(() -> rows() == 10);
    press("#legacyChip");
    click(1, false, false);
    click(1, true, false);
    click(3, true, false);
    until(() -> says("2 selected"));
    String title = ask(() -> node("#title", Labeled.class).getText());

    speak(Language.CHINESE);

    until(() -> says("设置"));
    assertThat(savedLooks)
        .containsExactly(Appearance.USUAL.withTheme(Theme.LIGHT).withLanguage(Language.CHINESE));
    press("#memories");
    until(() -> rows() == 10 && on("#title"));
    assertThat(ask(() -> node("#search", TextField.class).getText())).isEqualTo("m0 state:legacy");
    assertThat(ask(() -> node("#legacyChip", ToggleButton.class).isSelected())).isTrue();
    until(() -> says("已选 2"));
    until(() -> title.equals(node("#title", Labeled.class).getText()));
    assertThat(services.recent).as("the store was opened once").hasSize(1);
  }

  @Test
  void aRunGoesOnAndItsBarWithIt() throws Exception {
    Path store = services.store("agent.db", legacy(12));
    services.enricher.hold();
    show(store);
    press("#upgradeAll");
    press("#yes");
    services.enricher.permit(4);
    until(() -> on("#pause"));

    speak(Language.CHINESE);
    until(() -> says("设置") && on("#pause"));
    services.enricher.release();

    until(() -> !on("#pause"));
    press("#memories");
    until(() -> ask(() -> node("#legacyChip", ToggleButton.class).getText()).contains("0"));
    speak(Language.ENGLISH);
    until(() -> says("Settings"));
    until(() -> on("#undo") || says("Run 1"));
  }

  @Test
  void nothingIsLostOfWhatIsTypedIntoTheSettings() throws Exception {
    show(services.store("agent.db", legacy(3)));
    press("#settings");
    run(() -> node("#byModel", Labeled.class).requestFocus());
    press("#byModel");
    run(() -> node("#url", TextField.class).setText("https://models.example/v1"));
    run(() -> node("#lockHold", TextField.class).setText("7"));
    speak(Language.CHINESE);
    until(() -> says("设置"));
    until(() -> "https://models.example/v1".equals(node("#url", TextField.class).getText()));
    assertThat(ask(() -> node("#lockHold", TextField.class).getText())).isEqualTo("7");
    assertThat(ask(() -> node("#saveSettings", Labeled.class).isDisabled())).isFalse();
  }

  @Test
  void anImportIsFinishedFirst() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    show(services.store("agent.db", legacy(3)));
    Path other = services.store("other.db", legacy(5));
    services.opened =
        () -> {
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    picked = other;
    run(() -> node("#store", MenuButton.class).getItems().getFirst().fire());
    until(() -> says("Opening"));
    speak(Language.CHINESE);
    until(() -> !savedLooks.isEmpty());
    assertThat(ask(() -> says("Settings"))).isTrue();
    goOn.countDown();
    until(() -> node("#runs", ToggleButton.class).getAccessibleText().startsWith("运行"));
    until(() -> rows() == 5);
  }

  @Test
  void theWindowBeforeIsForgotten() throws Exception {
    // TestFX remembers all events of the stage it knows, and so what they went to.
    stage = ask(Stage::new);
    show(services.store("agent.db", legacy(12)));
    List<WeakReference<Parent>> before = new ArrayList<>();
    for (Language language : List.of(Language.CHINESE, Language.ENGLISH, Language.CHINESE)) {
      before.add(new WeakReference<>(ask(() -> stage.getScene().getRoot())));
      speak(language);
      until(() -> stage.getScene().getRoot() != before.getLast().get());
    }
    // JavaFX keeps the root before this one.
    before.removeLast();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc();
              run(() -> {});
              return before.stream().allMatch(root -> root.get() == null);
            });
  }

  @Test
  void largeTextIsLarge() throws Exception {
    show(services.store("agent.db", legacy(12)));
    press("#settings");
    double usual = ask(() -> node("#windowTheme", ComboBox.class).getHeight());
    choose("#textSize", 200);
    until(() -> node("#windowTheme", ComboBox.class).getHeight() > 1.8 * usual);
    assertThat(savedLooks.getLast().textSize()).isEqualTo(200);
  }

  @Test
  void aWindowThatBeginsWithLargeTextHasRoomForIt() throws Exception {
    appearance = Appearance.USUAL.withTextSize(150);
    show(services.store("agent.db", legacy(12)), Locale.ENGLISH, Theme.LIGHT, 900, 560);
    // Of 124 pixels, in which no word of a state has room any more.
    assertThat(ask(() -> column("state").getWidth())).isEqualTo(186);
    press("#settings");
    until(() -> on("#reopens"));
    Pictures.shoot(stage, "settings-150-en");
    // One line, across the fields of a form that has one in each.
    until(
        () ->
            node("#reopens", CheckBox.class).getHeight()
                < node("#windowTheme", ComboBox.class).getHeight());
    choose("databaseItem");
    until(() -> on("#databaseUrl"));
    Pictures.shoot(stage, "database-150-en");
  }

  private TableColumn<Object, ?> column(String id) {
    return table().getColumns().stream()
        .filter(one -> id.equals(one.getId()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void picturesOfLargeTextInTheSmallestWindow(Theme theme) throws Exception {
    Locale locale = theme == Theme.LIGHT ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
    appearance = Appearance.USUAL.withTextSize(Appearance.LARGEST);
    show(services.store("agent.db", legacy(12)), locale, theme, 900, 560);
    String suffix = "-200-" + locale.getLanguage();
    Pictures.shoot(stage, "memories" + suffix);
    press("#upgradeAll");
    until(() -> on("#yes"));
    Pictures.shoot(stage, "question" + suffix);
    key(KeyCode.ESCAPE, false, false);
    openSnapshots();
    Pictures.shoot(stage, "snapshots" + suffix);
    key(KeyCode.ESCAPE, false, false);
    key(KeyCode.K, true, false);
    until(() -> on("#paletteTyped"));
    Pictures.shoot(stage, "palette" + suffix);
    key(KeyCode.ESCAPE, false, false);
    press("#settings");
    press("#byModel");
    Pictures.shoot(stage, "settings" + suffix);
    run(() -> node("#concurrency", TextField.class).requestFocus());
    run(
        () -> {
          ScrollPane page = node("#settingsScroll", ScrollPane.class);
          page.setVvalue(0.35);
        });
    Pictures.shoot(stage, "settings-middle" + suffix);
    assertThat(ask(() -> node("#url", TextField.class).getWidth())).isGreaterThan(200);
  }

  @Test
  void theSystemsColoursAreFollowedUntilOthersAreChosen() {
    SimpleObjectProperty<ColorScheme> system = new SimpleObjectProperty<>(ColorScheme.LIGHT);
    List<Appearance> saved = new ArrayList<>();
    ThemeSwitcher themes = ask(() -> new ThemeSwitcher(Appearance.USUAL, system, saved::add));
    run(() -> system.set(ColorScheme.DARK));
    assertThat(themes.theme().get()).isEqualTo(Theme.DARK);
    assertThat(saved).isEmpty();
    run(themes::toggle);
    assertThat(themes.theme().get()).isEqualTo(Theme.LIGHT);
    run(() -> system.set(ColorScheme.LIGHT));
    run(() -> system.set(ColorScheme.DARK));
    assertThat(themes.theme().get()).isEqualTo(Theme.LIGHT);
    assertThat(saved).containsExactly(Appearance.USUAL.withTheme(Theme.LIGHT));
  }

  @Test
  void aChineseSystemIsAnsweredInChinese() {
    show(null, Locale.CHINA, Theme.LIGHT, 1280, 800);
    assertThat(ask(() -> says("拖放") || says("打开"))).isTrue();
  }

  private void speak(Language language) {
    press("#settings");
    choose("#windowLanguage", Optional.of(language));
  }

  @SuppressWarnings("unchecked")
  private <T> void choose(String box, T value) {
    until(() -> on(box));
    run(() -> ((ComboBox<T>) node(box, ComboBox.class)).setValue(value));
  }
}
