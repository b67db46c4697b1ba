package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Price;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.ui.ModelWindowTest;
import dev.memoryconsole.ui.SceneText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** The main job with a model behind real HTTP: asked before, told after, and the key nowhere. */
class ModelRunInWindowTest extends ModelWindowTest {
  private static final Map<String, Price> PRICES = Map.of("test-model", Price.of("1", "2"));

  private void priced(ModelSettings model) {
    configure(model, now -> now.withPrices(PRICES));
  }

  @Test
  void beforeTheFirstCallTheWindowSaysWhereMemoriesGoAndWhatItCosts() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      priced(endpoint.settings().withCost(null, new BigDecimal("2.50")));
      showReal(services.store("a.db", legacy(12)));
      press("#upgradeAll");
      until(this::isEstimated);
      assertThat(label("#sendHost")).startsWith("127.0.0.1:");
      assertThat(label("#sendSafety")).contains("this machine");
      assertThat(label("#sendEstimate")).startsWith("12 calls, about ");
      assertThat(label("#sendCost")).matches("About \\$0\\.0\\d+, .*");
      assertThat(label("#sendBudget")).startsWith("$2.50. ");
      assertThat(endpoint.calls()).isEmpty();
      press("#no");
      until(() -> !on("#yes"));
      assertThat(endpoint.calls()).isEmpty();
      assertThat(says("12 legacy")).isTrue();
      press("#upgradeAll");
      until(this::isEstimated);
      press("#yes");
      until(() -> says("Run 1 done"));
      assertThat(endpoint.calls()).hasSize(12);
      // 12 calls of 100 tokens in and 50 out, at 1 and 2 dollars for a million.
      until(() -> label("#usage").equals("12 calls · 1,800 tokens · $0.0024"));
      until(() -> says("0 legacy"));
      press("#runs");
      until(() -> label("#runUsage").contains("1,200 tokens in, 600 tokens out, $0.0024"));
      assertThat(says("llm:test-model")).isTrue();
    }
  }

  @Test
  void whatIsChosenByHandIsAskedForToo() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      configure(endpoint.settings());
      showReal(services.store("a.db", legacy(6)));
      click(1, true, false);
      click(2, true, false);
      press("#upgradeSelected");
      until(this::isEstimated);
      assertThat(label("#sendEstimate")).startsWith("2 calls");
      assertThat(label("#sendCost")).startsWith("Nothing");
      key(KeyCode.ESCAPE, false, false);
      until(() -> !on("#yes"));
      assertThat(says("2 selected")).isTrue();
      press("#upgradeSelected");
      until(this::isEstimated);
      press("#yes");
      until(() -> says("Run 1 done"));
      assertThat(endpoint.calls()).hasSize(2);
    }
  }

  @Test
  void anEstimateOverTheBudgetWarnsAndTheRunStopsAtIt() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      configure(
          endpoint
              .settings()
              .withLimits(endpoint.settings().limits().withConcurrency(1))
              .withCost(null, new BigDecimal("0.50")),
          now -> now.withPrices(Map.of("test-model", Price.of("1000", "1000"))));
      showReal(services.store("a.db", legacy(20)));
      press("#upgradeAll");
      until(this::isEstimated);
      assertThat(label("#sendBudget")).contains("less than the estimate");
      press("#yes");
      until(() -> says("Run 1 interrupted"));
      until(() -> noticed("budget"));
      assertThat(endpoint.calls().size()).isLessThan(6);
    }
  }

  @Test
  void theEstimateCanBeSkipped() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      configure(endpoint.settings());
      // Long texts take long to count.
      String text = "The team decided something at length, with reasons. ".repeat(4_000);
      List<MemoryEntry> rows =
          legacy(60).stream()
              .map(
                  row ->
                      new MemoryEntry(
                          row.id(),
                          row.id() + text,
                          row.category(),
                          row.scope(),
                          row.importance(),
                          row.timestamp(),
                          row.metadata(),
                          1))
              .toList();
      showReal(services.store("a.db", rows));
      press("#upgradeAll");
      until(() -> on("#skipEstimate") || isEstimated());
      assertThat(on("#skipEstimate")).isTrue();
      assertThat(button("#yes").isDisabled()).isTrue();
      press("#skipEstimate");
      until(() -> label("#sendEstimate").equals("Not estimated."));
      assertThat(button("#yes").isDisabled()).isFalse();
      press("#no");
      until(() -> !on("#yes"));
      assertThat(endpoint.calls()).isEmpty();
    }
  }

  @Test
  void changingTheSettingsWorksWithoutOpeningTheStoreAgain() throws Exception {
    Path store = services.store("a.db", legacy(4));
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      showReal(store);
      click(0, true, false);
      press("#upgradeSelected");
      until(() -> says("Run 1 done"));
      openSettings();
      run(() -> node("#byModel", javafx.scene.control.RadioButton.class).setSelected(true));
      run(
          () ->
              node("#keyKind", javafx.scene.control.ComboBox.class).getSelectionModel().select(0));
      type("#url", endpoint.url());
      type("#modelName", "tidy-1");
      press("#saveSettings");
      until(() -> noticed("tidy-1"));
      press("#memories");
      press("#upgradeAll");
      until(this::isEstimated);
      press("#yes");
      until(() -> says("Run 2 done"));
      assertThat(endpoint.calls()).hasSize(3);
    }
    assertThat(upgradedBy(store)).containsExactlyInAnyOrder("simple", "llm:tidy-1");
  }

  private static Set<String> upgradedBy(Path file) {
    try (MemoryStore store = SqliteStore.open(file)) {
      return store.page(dev.memoryconsole.store.EntryQuery.ALL, 0, 100).stream()
          .map(
              row ->
                  String.valueOf(row.metadata())
                      .replaceFirst(".*\"upgraded_by\":\"([^\"]*)\".*", "$1"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void aPreviewAsksOnceBeforeItSendsAMemory() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The build uses Gradle."))) {
      configure(endpoint.settings());
      showReal(services.store("a.db", legacy(3)));
      click(0, false, false);
      tab(2);
      press("#askPreview");
      until(() -> says("Send a memory to 127.0.0.1:"));
      press("#no");
      until(() -> !on("#yes"));
      assertThat(endpoint.calls()).isEmpty();
      press("#askPreview");
      until(() -> on("#yes"));
      press("#yes");
      until(() -> says("What an upgrade (llm:test-model) would do"));
      assertThat(endpoint.calls()).hasSize(1);
      click(1, false, false);
      press("#askPreview");
      until(() -> endpoint.calls().size() == 2);
      assertThat(on("#yes")).isFalse();
    }
  }

  @Test
  void aMissingKeyIsSaidAndNothingIsStarted() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("x"))) {
      configure(
          endpoint
              .settings()
              .with(endpoint.url(), "test-model", KeySource.ofEnvironment("NOT_SET")));
      showReal(services.store("a.db", legacy(3)));
      press("#upgradeAll");
      until(this::isEstimated);
      press("#yes");
      until(() -> noticed("NOT_SET"));
      assertThat(endpoint.calls()).isEmpty();
      press("#runs");
      until(() -> says("No runs yet"));
    }
  }

  @Test
  void noNodeOfTheWindowEverHoldsTheKey() throws Exception {
    String canary = "sk-canary-0123456789abcdef";
    environment.put("TIDY_KEY", canary);
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              String key = String.valueOf(x.call().authorization());
              switch (x.number() % 4) {
                case 0 -> x.send(400, "{\"error\":{\"message\":\"bad key " + key + "\"}}");
                case 1 -> x.chat(FakeEndpoint.layers("Key " + key, "- " + key, key, key));
                case 2 -> x.send(200, "not json: " + key);
                default -> x.chat("I saw " + key);
              }
            })) {
      configure(
          endpoint
              .settings()
              .with(endpoint.url(), "test-model", KeySource.ofEnvironment("TIDY_KEY")));
      try (SceneText seen = new SceneText(stage)) {
        showReal(services.store("a.db", legacy(12)));
        seen.watch();
        openSettings();
        for (int i = 0; i < 4; i++) {
          press("#testConnection");
          until(() -> on("#testConnection") && !label("#testAnswer").isEmpty());
          run(seen::collect);
        }
        press("#listModels");
        until(() -> on("#testConnection") && !label("#testAnswer").isEmpty());
        press("#memories");
        press("#upgradeAll");
        until(this::isEstimated);
        press("#yes");
        until(() -> on("#retry") || on("#waitingText"));
        press("#expand");
        run(seen::collect);
        until(() -> on("#outcomes"));
        press("#runs");
        until(() -> on("#runEntries"));
        run(seen::collect);
        press("#memories");
        click(0, false, false);
        for (int at = 0; at < 4; at++) {
          tab(at);
          run(seen::collect);
        }
        assertThat(endpoint.calls())
            .hasSizeGreaterThan(10)
            .allSatisfy(call -> assertThat(call.authorization()).isEqualTo("Bearer " + canary));
        assertThat(seen.all())
            .contains("TIDY_KEY")
            .anyMatch(text -> text.contains("Memory m"))
            .noneMatch(text -> text.contains("canary-0123"));
      }
    }
  }

  @Test
  void theHostIsSaidForEveryEndpointThatIsNotThisMachine() throws Exception {
    configure(
        ModelSettings.of("http://models.example:8080/v1", "m", KeySource.NONE)
            .withPrivacy(true, List.of("models.example:8080")));
    showReal(services.store("a.db", legacy(3)));
    press("#upgradeAll");
    until(this::isEstimated);
    assertThat(label("#sendHost")).isEqualTo("models.example:8080");
    assertThat(label("#sendSafety")).contains("unencrypted");
    assertThat(label("#sendCost")).startsWith("Not known");
    assertThat(
            ask(
                () ->
                    node("#sendFacts", javafx.scene.layout.GridPane.class).getChildren().stream()
                        .filter(Label.class::isInstance)
                        .map(node -> ((Label) node).getText())
                        .toList()))
        .anyMatch(text -> text.contains("replaced"));
  }
}
