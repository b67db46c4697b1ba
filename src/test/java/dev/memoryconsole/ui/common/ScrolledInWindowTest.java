package dev.memoryconsole.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A form with a bar beside it, and one that has room for all. */
class ScrolledInWindowTest extends WindowTest {
  // Less looks as if they were one.
  private static final double APART = 8;

  @ParameterizedTest
  @CsvSource({"en, LIGHT, 150", "en, DARK, 150", "zh-CN, LIGHT, 200"})
  void fieldsKeepAwayFromTheBar(String language, Theme theme, int percent) throws Exception {
    open(language, theme, percent, 900, 560);
    until(() -> bar().isPresent());
    run(() -> {});
    Pictures.shoot(stage, "96-bar-%s-%s-%d".formatted(language, theme, percent));
    double bar = ask(() -> at(bar().orElseThrow()).getMinX());
    for (String field : new String[] {"#databaseUrl", "#databasePort", "#databaseSslMode"}) {
      assertThat(ask(() -> at(root().lookup(field)).getMaxX())).isLessThanOrEqualTo(bar - APART);
    }
  }

  @ParameterizedTest
  @CsvSource({"en, LIGHT, 100"})
  void fieldsReachTheEdgeWhereThereIsNoBar(String language, Theme theme, int percent)
      throws Exception {
    open(language, theme, percent, 1280, 800);
    assertThat(ask(this::bar)).isEmpty();
    assertThat(ask(() -> at(root().lookup("#databaseUrl")).getMaxX()))
        .isEqualTo(ask(() -> at(pane()).getMaxX()));
  }

  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void changesKeepAwayFromTheBar(Theme theme) throws Exception {
    appearance = Appearance.USUAL.withTextSize(150);
    services.enricher.named("simple");
    show(services.store("a.db", legacy(5)), Locale.ENGLISH, theme, 900, 560);
    click(0, true, false);
    press("#preview");
    until(() -> says("l0_abstract") && barOf("#diffScroll").isPresent());
    run(() -> {});
    Pictures.shoot(stage, "96-bar-diff-" + theme);
    assertThat(ask(() -> at(node("#diffScroll", ScrollPane.class).lookup(".diff-block")).getMaxX()))
        .isLessThanOrEqualTo(ask(() -> at(barOf("#diffScroll").orElseThrow()).getMinX()) - APART);
  }

  private Optional<ScrollBar> barOf(String pane) {
    return ask(() -> barOf(node(pane, ScrollPane.class)));
  }

  private void open(String language, Theme theme, int percent, double width, double height)
      throws Exception {
    appearance = Appearance.USUAL.withTextSize(percent);
    show(null, Locale.forLanguageTag(language), theme, width, height);
    press("#databaseWelcome");
    until(() -> on("#databaseUrl"));
    run(() -> {});
  }

  private Node pane() {
    return root().lookup("#databasePanel").lookup(".scrolled");
  }

  private Optional<ScrollBar> bar() {
    return barOf(pane());
  }

  private static Optional<ScrollBar> barOf(Node pane) {
    return pane.lookupAll(".scroll-bar").stream()
        .map(ScrollBar.class::cast)
        .filter(bar -> bar.isVisible() && bar.getOrientation() == Orientation.VERTICAL)
        .findFirst();
  }

  private static Bounds at(Node node) {
    return node.localToScene(node.getLayoutBounds());
  }
}
