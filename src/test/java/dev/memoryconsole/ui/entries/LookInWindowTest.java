package dev.memoryconsole.ui.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.SavedView;
import dev.memoryconsole.settings.look.TableLook;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.settings.look.WindowLook;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.entries.look.OfferedOrders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Bounds;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TextField;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the memories screen is arranged stays as it is, and can be saved under a name. */
class LookInWindowTest extends WindowTest {
  private List<String> columns() {
    return ask(
        () ->
            table().getColumns().stream()
                .filter(TableColumn::isVisible)
                .map(TableColumn::getId)
                .toList());
  }

  @ParameterizedTest
  @CsvSource({"100, LIGHT", "150, DARK"})
  void importanceAndTimeAreNotReadAsOne(int percent, Theme theme) throws Exception {
    appearance = Appearance.USUAL.withTextSize(percent);
    show(services.store("a.db", legacy(3)), Locale.ENGLISH, theme, 1280, 800);
    Set<String> wanted = Set.of("check", "state", "text", "importance", "time");
    run(() -> table().getColumns().forEach(one -> one.setVisible(wanted.contains(one.getId()))));
    until(() -> textAt("0.50").isPresent());
    run(() -> {});
    Pictures.shoot(stage, "96-importance-" + theme);
    for (List<String> pair : List.of(List.of("Importance", "Time"), List.of("0.50", "just now"))) {
      Bounds number = textAt(pair.getFirst()).orElseThrow();
      Bounds time = textAt(pair.getLast()).orElseThrow();
      assertThat(time.getMinX() - number.getMaxX()).isGreaterThanOrEqualTo(24);
    }
  }

  private Optional<Bounds> textAt(String words) {
    return ask(
        () ->
            table().lookupAll(".text").stream()
                .filter(node -> node instanceof Text text && words.equals(text.getText()))
                .map(node -> node.localToScene(node.getLayoutBounds()))
                .findFirst());
  }

  private List<MenuItem> views() {
    return ask(
        () -> {
          MenuButton button = node("#views", MenuButton.class);
          button.getOnShowing().handle(null);
          return List.copyOf(button.getItems());
        });
  }

  private void go(String name) {
    MenuItem item =
        views().stream().filter(each -> name.equals(each.getText())).findFirst().orElseThrow();
    run(item::fire);
  }

  private void save(String name) {
    for (MenuItem item : views()) {
      if (item instanceof CustomMenuItem custom && custom.getContent() instanceof TextField field) {
        run(
            () -> {
              field.setText(name);
              field.getOnAction().handle(null);
            });
      }
    }
  }

  /** What no index serves would have a large store be read whole. */
  @ParameterizedTest
  @CsvSource({"3, true, true, true", "250001, true, false, true", "250001, false, false, false"})
  void anOrderIsOfferedWhereItIsQuickAndElseItIsSaidWhyNot(
      long total, boolean isIndexed, boolean byTier, boolean byScope) {
    TableColumn<Object, Object> tier = new TableColumn<>("Tier");
    TableColumn<Object, Object> scope = new TableColumn<>("Scope");
    SimpleObjectProperty<Session.Totals> totals =
        new SimpleObjectProperty<>(totals(OfferedOrders.MOST, false));
    run(
        () -> {
          OfferedOrders.offer(List.of(tier), List.of(scope), totals, Messages.of(Locale.ENGLISH));
          totals.set(totals(total, isIndexed));
        });
    assertThat(List.of(tier.isSortable(), scope.isSortable())).containsExactly(byTier, byScope);
    for (TableColumn<?, ?> column : List.of(tier, scope)) {
      if (column.isSortable()) {
        assertThat(column.getGraphic()).isNull();
      } else {
        assertThat(((Label) column.getGraphic()).getTooltip().getText())
            .contains("at most 250,000");
      }
    }
    run(() -> totals.set(totals(OfferedOrders.MOST, isIndexed)));
    assertThat(tier.isSortable() && scope.isSortable()).isTrue();
    assertThat(tier.getGraphic()).isNull();
  }

  @Test
  void besideDetailsTheMemoryHasMostOfTheWidth() throws Exception {
    show(services.store("a.db", legacy(12)), Locale.ENGLISH, Theme.DARK, 1440, 900);
    run(
        () -> {
          List<? extends TableColumn<?, ?>> columns =
              table().getColumns().stream()
                  .filter(column -> !Set.of("check", "time", "id").contains(column.getId()))
                  .toList();
          OfferedOrders.offer(
              columns,
              List.of(),
              new SimpleObjectProperty<>(totals(OfferedOrders.MOST + 1, false)),
              Messages.of(Locale.ENGLISH));
        });
    press("#detailsButton");
    Pictures.shoot(stage, "74-no-orders");
    press("#detailsButton");
    click(1, false, false);
    until(() -> on("#title"));
    Pictures.shoot(stage, "74-beside-details");
    Map<String, Double> widths =
        ask(
            () ->
                table().getColumns().stream()
                    .filter(TableColumn::isVisible)
                    .collect(Collectors.toMap(TableColumn::getId, TableColumn::getWidth)));
    double text = widths.remove("text");
    assertThat(text).isGreaterThan(0.35 * ask(() -> table().getWidth()));
    assertThat(widths.values()).allMatch(width -> width < text);
  }

  private static Session.Totals totals(long total, boolean isIndexed) {
    return new Session.Totals(total, 0, 0, 0, 0, 0, isIndexed, Map.of(), Map.of(), Set.of());
  }

  @Test
  void columnsAndDividerAreAsTheyWereLeft() throws Exception {
    services.look =
        new WindowLook(
            new TableLook(
                List.of("check", "text", "state", "scope"), Map.of("scope", 150.0), Set.of("tier")),
            0.6,
            List.of());
    show(services.store("a.db", legacy(3)));
    until(() -> columns().subList(0, 3).equals(List.of("check", "text", "state")));
    assertThat(columns()).doesNotContain("tier");
    assertThat(
            ask(
                () ->
                    table().getColumns().stream()
                        .filter(column -> "scope".equals(column.getId()))
                        .findFirst()
                        .orElseThrow()
                        .getPrefWidth()))
        .isEqualTo(150);
    until(
        () ->
            Math.abs(
                    ((SplitPane) stage.getScene().getRoot().lookup(".entries"))
                            .getDividerPositions()[0]
                        - 0.6)
                < 0.05);
  }

  @Test
  void whatIsArrangedIsRemembered() throws Exception {
    show(services.store("a.db", legacy(3)));
    run(
        () ->
            node("#columns", MenuButton.class).getItems().stream()
                .map(CheckMenuItem.class::cast)
                .filter(item -> item.getText().equals("Category"))
                .findFirst()
                .orElseThrow()
                .setSelected(false));
    until(() -> services.look.columns().hidden().equals(Set.of("category")));
    run(
        () -> {
          TableColumn<Object, ?> last = table().getColumns().removeLast();
          table().getColumns().add(1, last);
        });
    until(() -> services.look.columns().order().indexOf("id") == 1);
    assertThat(services.look.columns().hidden()).containsExactly("category");
  }

  @Test
  void aViewBringsBackFilterColumnsAndOrder() throws Exception {
    show(services.store("a.db", legacy(30)));
    assertThat(views().getFirst().isDisable()).isTrue();
    run(() -> node("#search", TextField.class).setText("scope:global state:legacy"));
    until(() -> table().getItems().size() == 10);
    run(
        () -> {
          TableColumn<Object, ?> time =
              table().getColumns().stream()
                  .filter(column -> "time".equals(column.getId()))
                  .findFirst()
                  .orElseThrow();
          time.setSortType(TableColumn.SortType.ASCENDING);
          table().getSortOrder().setAll(List.of(time));
        });
    until(() -> table().getItems().getFirst().toString().contains("m27"));
    save("Oldest of all, \"global\"");
    until(() -> services.look.views().size() == 1);
    SavedView saved = services.look.views().getFirst();
    assertThat(saved.query()).isEqualTo("scope:global state:legacy");
    assertThat(saved.sort()).isEqualTo("time");
    assertThat(saved.ascending()).isTrue();
    run(() -> table().getSortOrder().clear());
    run(() -> node("#search", TextField.class).setText(""));
    until(() -> table().getItems().size() == 30);
    until(() -> table().getItems().getFirst().toString().contains("m00"));
    go(saved.name());
    until(() -> table().getItems().size() == 10);
    until(() -> table().getItems().getFirst().toString().contains("m27"));
    assertThat(node("#search", TextField.class).getText()).isEqualTo(saved.query());
    Pictures.shoot(stage, "views-light");
    Menu delete = (Menu) views().getLast();
    run(() -> delete.getItems().getFirst().fire());
    until(() -> services.look.views().isEmpty());
  }
}
