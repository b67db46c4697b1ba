package dev.memoryconsole.ui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.TestServices;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the store, at a glance, and by a click. */
class OverviewInWindowTest extends WindowTest {
  @Test
  void statesCategoriesScopesAndTheLastRunAreCounted() throws Exception {
    services.enricher.fail("m01", "The model did not answer within 30 s.");
    show(services.store("a.db", legacy(10)));
    key(KeyCode.DIGIT3, true, false);
    until(() -> on("#overviewSentence"));
    until(() -> says("10 memories; 10 are legacy and can be upgraded."));
    assertThat(says("No runs yet")).isTrue();
    press("#memories");
    click(0, true, false);
    click(1, true, false);
    press("#upgradeSelected");
    until(() -> says("Run 1 done"));
    press("#overview");
    until(() -> says("1 of 2 upgraded, 1 fell back, 0 failed"));
    until(() -> says("10 memories; 8 are legacy and can be upgraded."));
    until(() -> labels("state").containsAll(List.of("legacy", "8", "upgraded", "fallback", "1")));
    assertThat(texts("scope")).contains("agent:main", "global", "10");
    assertThat(texts("category")).contains("preference", "fact");
    Pictures.shoot(stage, "overview-after-a-run");
  }

  @Test
  void anEmptyStoreSaysSo() throws Exception {
    show(null);
    picked = services.store("empty.db", List.of());
    key(KeyCode.O, true, false);
    until(() -> on("#overview"));
    press("#overview");
    until(() -> says("This store is empty."));
    until(() -> labels("largest").equals(List.of("Largest", "", "none")));
    assertThat(rowsOf("recalled")).allMatch(row -> spoken(row).contains("no memories"));
  }

  @Test
  void everySectionAddsUpToTheTotalOfTheTopBar() throws Exception {
    show(services.store("a.db", varied()));
    press("#overview");
    until(() -> rowsOf("source").size() == 3);
    assertThat(says("12 memories")).isTrue();
    for (String section :
        List.of("state", "category", "scope", "month", "age", "tier", "source", "recalled")) {
      assertThat(figures(section).stream().mapToInt(Integer::parseInt).sum())
          .as(section)
          .isEqualTo(12);
    }
    assertThat(texts("month")).contains("Nov 2026", "Dec 2025", "before Dec 2025");
    assertThat(texts("tier")).contains("core", "no tier");
    assertThat(ask(() -> rowsOf("largest"))).hasSize(10);
  }

  @Test
  void aClickShowsWhatWasCounted() throws Exception {
    show(services.store("a.db", varied()));
    press("#overview");
    until(() -> rowsOf("source").size() == 3);
    // Ages are as of the moment at which the table asks, which is none of this test's.
    for (String section :
        List.of("state", "category", "scope", "month", "tier", "source", "recalled")) {
      int last = ask(() -> rowsOf(section)).size() - 1;
      for (int row : List.of(0, last)) {
        int count = Integer.parseInt(figures(section).get(row));
        press("#overview");
        run(() -> rowsOf(section).get(row).fire());
        until(() -> on("#search"));
        assertThat(ask(() -> node("#search", TextField.class).getText())).isNotEmpty();
        until(() -> table().getItems().size() == count);
        assertThat(says("12 memories")).isTrue();
      }
    }
  }

  @Test
  void theKeyboardGoesThroughTheRowsAndEnterShowsThem() throws Exception {
    show(services.store("a.db", legacy(10)));
    key(KeyCode.DIGIT3, true, false);
    until(() -> rowsOf("source").size() == 1);
    run(() -> rowsOf("state").getFirst().requestFocus());
    until(() -> focused() instanceof Button row && spoken(row).startsWith("legacy: 10 memories"));
    key(KeyCode.TAB, false, false);
    until(() -> focused() instanceof Button row && spoken(row).startsWith("upgraded: no memor"));
    key(KeyCode.ENTER, false, false);
    until(() -> on("#search"));
    assertThat(ask(() -> node("#search", TextField.class).getText())).isEqualTo("state:upgraded");
    until(() -> on("#emptyTitle"));
  }

  @Test
  void theLargestOpensItsDetails() throws Exception {
    show(services.store("a.db", varied()));
    press("#overview");
    until(() -> rowsOf("largest").size() == 10);
    assertThat(spoken(ask(() -> rowsOf("largest").getFirst()))).contains("B. Shows its details.");
    run(() -> rowsOf("largest").getFirst().fire());
    until(() -> on("#title"));
    assertThat(ask(() -> node("#title", Label.class).getText())).contains("Memory m09");
  }

  @Test
  void manyScopesAreFoldedUntilSomebodyWantsThemAll() throws Exception {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      rows.add(entry("m" + i, "agent:" + (char) ('a' + i), CLOCK.millis(), "{}"));
    }
    show(services.store("a.db", rows));
    press("#overview");
    until(() -> rowsOf("scope").size() == 12);
    assertThat(texts("scope")).contains("4 others");
    run(() -> rowsOf("scope").getLast().fire());
    until(() -> rowsOf("scope").size() == 15);
  }

  @Test
  void countingIsSaidKeepsNobodyWaitingAndCanBeStopped() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    show(services.store("a.db", varied()));
    services.threads.before =
        method -> {
          if (method.equals("facets")) {
            await(goOn);
          }
        };
    press("#overview");
    until(() -> says("Counting 12 memories by time"));
    until(() -> labels("state").contains("legacy"));
    assertThat(texts("tier")).contains("…");
    Pictures.shoot(stage, "overview-counting");
    press("#memories");
    run(() -> node("#search", TextField.class).setText("scope:global"));
    until(() -> table().getItems().size() < 12);
    press("#overview");
    press("#stopCounting");
    until(() -> says("Not counted to the end."));
    goOn.countDown();
    press("#countAgain");
    until(() -> labels("tier").contains("core"));
    until(() -> !on("#overviewWaiting"));
  }

  @Test
  void f5CountsToTheEndWhatWasStopped() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    show(services.store("a.db", varied()));
    services.threads.before =
        method -> {
          if (method.equals("facets")) {
            await(goOn);
          }
        };
    press("#overview");
    press("#stopCounting");
    until(() -> says("Not counted to the end."));
    goOn.countDown();
    key(KeyCode.F5, false, false);
    until(() -> labels("tier").contains("core"));
    until(() -> !on("#overviewWaiting"));
  }

  @Test
  void f5CountsWhatOthersWrote() throws Exception {
    Path store = services.store("a.db", varied());
    show(store);
    press("#overview");
    until(() -> labels("tier").contains("core"));
    Sql.update(
        store,
        "INSERT INTO memories (id, text, metadata) VALUES (?, ?, ?)",
        "new",
        "A new one",
        "{\"tier\":\"rare\"}");
    key(KeyCode.F5, false, false);
    until(() -> labels("tier").contains("rare"));
    until(() -> says("13 memories"));
  }

  @Test
  void nothingIsCountedForWhoDoesNotLook() throws Exception {
    show(services.store("a.db", varied()));
    until(() -> says("12 memories"));
    assertThat(services.threads.calls("facets")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "LIGHT,en,1280,800",
    "DARK,en,1440,900",
    "LIGHT,zh-CN,900,560",
    "DARK,zh-CN,1280,800"
  })
  void picture(Theme theme, String language, double width, double height) throws Exception {
    Locale locale = Locale.forLanguageTag(language);
    services.enricher.fail("m01", "The model did not answer within 30 s.");
    show(services.store("agent-main.db", TestServices.demoRows()), locale, theme, width, height);
    press("#overview");
    until(() -> rowsOf("largest").size() == 10);
    Pictures.shoot(
        stage,
        "overview-" + theme.name().toLowerCase(Locale.ROOT) + "-" + language + "-" + (int) width);
    assertThat(ask(() -> rowsOf("largest"))).hasSize(10);
  }

  /** Twelve of several kinds. */
  private static List<MemoryEntry> varied() {
    List<MemoryEntry> rows = new ArrayList<>();
    long day = 86_400_000L;
    for (int i = 0; i < 12; i++) {
      String metadata =
          switch (i % 4) {
            case 0 -> "{\"tier\":\"core\",\"source\":\"manual\",\"access_count\":" + i + "}";
            case 1 -> "{\"memory_category\":\"cases\",\"upgraded_at\":1,\"source\":\"legacy\"}";
            case 2 -> "{\"memory_category\":\"cases\",\"source\":\"legacy\"}";
            default -> "{\"openclaw_corpus\":true,\"access_count\":20}";
          };
      String id = String.format(Locale.ROOT, "m%02d", i);
      rows.add(
          entry(
              id,
              i % 3 == 0 ? "global" : "agent:main",
              CLOCK.millis() - 9L * i * i * day,
              metadata));
    }
    return rows;
  }

  private static MemoryEntry entry(String id, String scope, long time, String metadata) {
    int number = id.length() < 3 ? 0 : id.charAt(2);
    return new MemoryEntry(
        id,
        "Memory " + id + " says much" + " and more".repeat(number),
        number % 2 == 0 ? "fact" : null,
        scope,
        0.5,
        time,
        metadata,
        1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Node focused() {
    return stage.getScene().getFocusOwner();
  }

  private static String spoken(Button row) {
    return row.getAccessibleText();
  }

  private List<Button> rowsOf(String section) {
    return root().lookupAll("#overview-" + section + " .share-row").stream()
        .map(Button.class::cast)
        .toList();
  }

  private List<String> figures(String section) {
    return ask(
        () ->
            root().lookupAll("#overview-" + section + " .share-row .share-count").stream()
                .map(node -> ((Label) node).getText())
                .toList());
  }

  private List<String> texts(String section) {
    return ask(() -> labels(section));
  }

  private List<String> labels(String section) {
    return node("#overview-" + section, Parent.class).lookupAll(".label").stream()
        .filter(Label.class::isInstance)
        .map(node -> ((Label) node).getText())
        .toList();
  }
}
