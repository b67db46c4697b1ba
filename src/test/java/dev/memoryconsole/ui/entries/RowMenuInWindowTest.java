package dev.memoryconsole.ui.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be done with rows: copied, exported, looked at. */
class RowMenuInWindowTest extends WindowTest {
  private ContextMenu menu() {
    return ask(
        () -> {
          ContextMenu menu = table().getContextMenu();
          menu.hide();
          // Not at the edge: the headless platform can't draw a shadow beyond it.
          menu.show(table(), 200, 150);
          return menu;
        });
  }

  private static MenuItem item(List<MenuItem> items, String id) {
    for (MenuItem item : items) {
      if (id.equals(item.getId())) {
        return item;
      }
      if (item instanceof Menu more
          && more.getItems().stream().anyMatch(i -> id.equals(i.getId()))) {
        return item(more.getItems(), id);
      }
    }
    throw new AssertionError("no item " + id);
  }

  private void pick(String id) {
    ContextMenu menu = menu();
    run(
        () -> {
          item(menu.getItems(), id).fire();
          menu.hide();
        });
  }

  private static String copied() {
    return ask(() -> String.valueOf(Clipboard.getSystemClipboard().getString()));
  }

  @Test
  void theCurrentMemoryIsCopiedInEveryForm() throws Exception {
    show(services.store("a.db", legacy(5)));
    click(1, false, false);
    run(() -> table().requestFocus());
    key(KeyCode.C, true, false);
    until(() -> copied().equals("Memory m01 says that the build uses Gradle."));
    key(KeyCode.C, true, true);
    until(() -> copied().equals("m01"));
    pick("rowMARKDOWN");
    until(() -> copied().startsWith("- Memory m01 says"));
    pick("rowJSON");
    until(() -> copied().startsWith("{\"id\":\"m01\""));
    pick("rowCSV");
    until(() -> copied().startsWith("id,time,scope"));
  }

  @Test
  void theChosenOnesAreCopiedInTheOrderOfTheTable() throws Exception {
    show(services.store("a.db", legacy(5)));
    click(0, false, false);
    click(3, false, true);
    click(1, true, false);
    run(() -> table().requestFocus());
    key(KeyCode.C, true, true);
    until(() -> copied().equals("m00\nm02\nm03"));
    key(KeyCode.A, true, false);
    click(4, true, false);
    key(KeyCode.C, true, true);
    until(() -> copied().equals("m00\nm01\nm02\nm03"));
  }

  @Test
  void theChosenOnesAndAllThatMatchAreExported() throws Exception {
    show(services.store("a.db", legacy(30)));
    picked = folder.resolve("some.csv");
    click(0, false, false);
    click(2, false, true);
    pick("rowExport");
    until(() -> Files.exists(folder.resolve("some.csv")));
    assertThat(Files.readAllLines(folder.resolve("some.csv"))).containsExactly("m00", "m01", "m02");
    picked = folder.resolve("shown.jsonl");
    run(() -> node("#search", TextField.class).setText("scope:global"));
    until(() -> table().getItems().size() == 10);
    pick("rowExportAll");
    until(() -> Files.exists(folder.resolve("shown.jsonl")));
    assertThat(Files.readAllLines(folder.resolve("shown.jsonl"))).hasSize(10);
  }

  @Test
  void onlyTheScopeOfARowIsShown() throws Exception {
    show(services.store("a.db", legacy(30)));
    click(0, false, false);
    pick("only-scope");
    until(() -> table().getItems().size() == 10);
    assertThat(node("#search", TextField.class).getText()).isEqualTo("scope:global");
  }

  @Test
  void theDetailsAreOpenedFromTheMenu() throws Exception {
    show(services.store("a.db", legacy(5)));
    click(0, false, false);
    until(() -> on("#tabs"));
    key(KeyCode.ESCAPE, false, false);
    until(() -> !on("#tabs"));
    pick("rowOpen");
    until(() -> on("#tabs"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Theme.class,
      names = {"LIGHT", "DARK"})
  void pictures(Theme theme) throws Exception {
    show(services.store("a.db", legacy(30)), Locale.ENGLISH, theme, 1280, 800);
    click(0, false, false);
    click(2, false, true);
    ContextMenu menu = menu();
    Pictures.shoot(menu.getScene(), "row-menu-" + theme.name().toLowerCase(Locale.ROOT));
    run(menu::hide);
  }
}
