package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamRun;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Price;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.store.postgres.PostgresServer;
import dev.memoryconsole.ui.ModelWindowTest;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.shared.Console;
import dev.memoryconsole.upgrade.shared.SharedTable;
import dev.memoryconsole.upgrade.shared.SharedTables;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is shared from the window: other consoles take part in it as in any other. */
@Tag("slow")
class ShareInWindowTest extends ModelWindowTest {
  private static final int ROWS = 40;
  private static final BigDecimal BUDGET = new BigDecimal("2.5");
  private static final UpgradeOptions OPTIONS = UpgradeOptions.DEFAULT.withConcurrency(2);

  // There for as long as the window is.
  @AutoClose private final SharedTables tables = new SharedTables();

  /** A machine that asks what calls itself the window's model. */
  private Console otherMachine(String url, Runnable answered) {
    Enricher simple = new SimpleEnricher();
    return Console.open(
        url,
        folder.resolve("other.db"),
        Enrichers.of(
            new Enricher() {
              @Override
              public String name() {
                return "llm:test-model";
              }

              @Override
              public Enriched enrich(MemoryEntry entry)
                  throws EnrichmentException, InterruptedException {
                answered.run();
                return simple.enrich(entry);
              }
            }),
        Duration.ofSeconds(10));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(String url, Locale locale, Theme theme, double width, double height) {
    showReal(null, locale, theme, width, height);
    openTable(url);
  }

  private void open(String url) {
    open(url, Locale.ENGLISH, Theme.LIGHT, 1280, 800);
  }

  private CheckBox share() {
    return node("#shareRun", CheckBox.class);
  }

  private Bounds bounds(String selector) {
    Node node = node(selector, Node.class);
    return node.localToScene(node.getLayoutBounds());
  }

  private void ask() {
    press("#upgradeAll");
    until(this::isEstimated);
  }

  /** Ten cents a call. */
  private static ModelSettings priced(FakeEndpoint endpoint) {
    ModelSettings settings = endpoint.settings();
    return settings
        .withCost(new Price(BigDecimal.valueOf(1_000), BigDecimal.valueOf(1_000)), BUDGET)
        .withLimits(settings.limits().withConcurrency(1).withRates(6_000, 5_000_000));
  }

  private static FakeEndpoint endpoint(Runnable before) {
    return new FakeEndpoint(
        exchange -> {
          before.run();
          exchange.send(
              200,
              FakeEndpoint.chat(
                  FakeEndpoint.layers("A line.", "- A line.", "", "cases"), "stop", 90, 10));
        });
  }

  @Test
  void othersTakePartAndTheWindowTakesItBack() throws Exception {
    CountDownLatch both = new CountDownLatch(1);
    SharedTable table = tables.of(ROWS);
    try (FakeEndpoint endpoint = endpoint(() -> await(both));
        Console other = otherMachine(table.url(), both::countDown)) {
      configure(priced(endpoint));
      open(table.url(), Locale.ENGLISH, Theme.DARK, 1280, 800);
      ask();
      assertThat(ask(() -> share().isSelected())).isFalse();
      press("#shareRun");
      press("#yes");
      until(() -> !other.team().open().isEmpty());
      TeamRun shared = other.team().open().getFirst();
      long run = shared.record().id();
      assertThat(shared.terms().budget()).isEqualByComparingTo(BUDGET);
      assertThat(shared.terms().requestsPerMinute()).isEqualTo(6_000);
      assertThat(shared.terms().tokensPerMinute()).isEqualTo(5_000_000);
      // Until it has begun, it is the beginning that would be cancelled.
      until(() -> button("#cancel").getText().equals("Leave"));
      press("#runs");
      until(() -> label("#sharedBy").contains("one console is at work on it"));
      Pictures.shoot(stage, "74-share-at-work-dark");

      other.upgrades().work(run, OPTIONS).await();
      until(() -> other.upgrades().run(run).orElseThrow().state() == RunState.COMPLETED);
      TeamRun done = other.team().find(run).orElseThrow();
      assertThat(done.record().count(EntryState.UPGRADED)).isEqualTo(ROWS);
      assertThat(done.workers())
          .hasSizeGreaterThanOrEqualTo(2)
          .allSatisfy(worker -> assertThat(worker.finished()).isPositive());
      assertThat(table.writes()).allSatisfy((_, writes) -> assertThat(writes).isEqualTo("1"));

      until(() -> on("#undoRun"));
      until(() -> noticed("This console’s part of run " + run + " is done"));
      // It would say how much this console has written, and take back all.
      assertThat(on("#undo")).isFalse();
      Pictures.shoot(stage, "74-share-done-dark");
      press("#undoRun");
      until(() -> on("#yes"));
      press("#yes");
      until(() -> other.plan().size() == ROWS);
      until(() -> other.upgrades().run(run + 1).orElseThrow().count(EntryState.UNDONE) == ROWS);
    }
  }

  @Test
  void isChosenAnewForEachRun() throws Exception {
    SharedTable table = tables.of(3);
    try (FakeEndpoint endpoint = endpoint(() -> {});
        Console other = otherMachine(table.url(), () -> {})) {
      configure(priced(endpoint));
      open(table.url());
      ask();
      press("#shareRun");
      press("#no");
      until(() -> !on("#yes"));
      ask();
      assertThat(ask(() -> share().isSelected())).isFalse();
      press("#yes");
      until(() -> says("Run 1 done"));
      assertThat(other.upgrades().runs(9)).isEmpty();
    }
  }

  @Test
  void isNotOfferedWhereNobodyElseCouldTakePart() throws Exception {
    try (FakeEndpoint endpoint = endpoint(() -> {})) {
      configure(priced(endpoint));
      showReal(services.store("a.db", legacy(3)));
      ask();
      assertThat(on("#shareRun")).isFalse();
    }
  }

  /** What others have granted holds in the window, whose own settings know no such limit. */
  @Test
  void budgetOfOthersHoldsHere() throws Exception {
    SharedTable table = tables.of(ROWS);
    try (FakeEndpoint endpoint = endpoint(() -> {});
        Console other = otherMachine(table.url(), () -> {})) {
      configure(priced(endpoint).withCost(Price.of("1000", "1000"), null));
      other.upgrades().share(other.plan(), OPTIONS, new TeamTerms(BigDecimal.ONE, 0, 0));
      open(table.url());
      press("#runs");
      press("#takePart");
      until(this::isEstimated);
      press("#yes");
      until(() -> noticed("budget of $1"));
      assertThat(endpoint.calls()).hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  void whoMayNotIsToldAsAtTheCommandLineAndNothingIsShared() throws Exception {
    PostgresServer server = PostgresServer.shared();
    SharedTable table = tables.of(3);
    try (FakeEndpoint endpoint = endpoint(() -> {})) {
      String role = "sharer" + table.database();
      server.execute(
          table.database(),
          "CREATE ROLE " + role + " LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'",
          "GRANT SELECT, INSERT, UPDATE ON memories TO " + role);
      String theirs = server.url(role, table.database());
      try (Console console = otherMachine(theirs, () -> {})) {
        JournalException refusal =
            catchThrowableOfType(
                JournalException.class,
                () -> console.upgrades().share(console.plan(), OPTIONS, TeamTerms.NONE));
        configure(priced(endpoint));
        open(theirs);
        ask();
        press("#shareRun");
        press("#yes");
        until(() -> noticed(refusal.getMessage()));
        assertThat(refusal).hasMessageContaining("does not allow it");
        Pictures.shoot(stage, "74-share-refused-light");
        assertThat(console.plan().size()).isEqualTo(3);
      } finally {
        server.execute(table.database(), "DROP OWNED BY " + role, "DROP ROLE " + role);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "en, LIGHT, 1280, 800, 100",
    "zh-CN, DARK, 1280, 800, 100",
    "en, DARK, 900, 560, 150",
    "zh-CN, LIGHT, 900, 560, 150",
    "en, LIGHT, 900, 560, 200"
  })
  void questionFitsTheWindow(String language, Theme theme, int width, int height, int percent)
      throws Exception {
    appearance = Appearance.USUAL.withTextSize(percent);
    SharedTable table = tables.of(ROWS);
    try (FakeEndpoint endpoint = endpoint(() -> {})) {
      configure(priced(endpoint));
      open(table.url(), Locale.forLanguageTag(language), theme, width, height);
      press("#upgradeAll");
      until(() -> on("#yes") && !button("#yes").isDisabled());
      press("#shareRun");
      Pictures.shoot(
          stage,
          "74-share-question-%s-%d-%s"
              .formatted(language, percent, theme.name().toLowerCase(Locale.ROOT)));
      Bounds hint = ask(() -> bounds("#shareHint"));
      Bounds body = ask(() -> bounds("#sendText"));
      assertThat(hint.getMaxY()).isLessThan(ask(() -> bounds("#yes")).getMinY());
      assertThat(hint.getMinY()).isGreaterThan(body.getMinY());
    }
  }
}
