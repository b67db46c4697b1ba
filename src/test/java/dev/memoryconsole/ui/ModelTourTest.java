package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.look.Theme;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes pictures of the screens that a model adds. */
class ModelTourTest extends TourTest {
  /**
   * Which of the first answers come first is chance: if all of them are to memories in Chinese or
   * Japanese, the run waits once more, because of their language.
   */
  private void untilOver() {
    until(
        () -> {
          if (on("#tryNow") && !node("#tryNow", Button.class).isDisabled()) {
            node("#tryNow", Button.class).fire();
          }
          return says("Run 1 done") || says("Run 1 interrupted");
        });
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void aModel(Theme theme) throws Exception {
    suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    Files.writeString(
        folder.resolve("openclaw.json"),
        """
        {plugins: {entries: {'memory-lancedb-pro': {config: {
          dbPath: '~/.openclaw/memory/lancedb-pro',
          llm: {apiKey: '${GROQ_API_KEY}', model: 'openai/gpt-oss-120b',
            baseURL: 'https://api.groq.com/openai/v1'},
          locking: {redis: {url: 'redis://localhost'}}}}}}}
        """);
    AtomicInteger answered = new AtomicInteger();
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (x.call().path().endsWith("/models")) {
                x.send(200, models(40));
              } else if (answered.incrementAndGet() > 60 && answered.get() < 1_000) {
                x.header("Retry-After", "95").send(503, "{\"error\":{\"message\":\"busy\"}}");
              } else {
                x.layers("What the team decided about the build.");
              }
            })) {
      showReal(null, Locale.ENGLISH, theme, WIDTH, HEIGHT);
      until(() -> says("api.groq.com"));
      shoot("80-welcome-openclaw");
      press("#settings");
      until(() -> !text("#url").isEmpty());
      shoot("81-settings");
      run(() -> node("#byModel", RadioButton.class).setSelected(true));
      type("#url", "http://10.0.0.7:8000/v1");
      type("#temperature", "warm");
      type("#budget", "-1");
      shoot("82-settings-wrong");
      type("#url", endpoint.url());
      type("#temperature", "0.2");
      type("#budget", "0.05");
      run(() -> node("#keyKind", ComboBox.class).getSelectionModel().select(0));
      press("#listModels");
      until(() -> on("#offeredModels"));
      shoot("83-settings-models");
      run(() -> node("#offeredModels", ListView.class).getSelectionModel().select(0));
      press("#testConnection");
      until(() -> label("#testAnswer").contains("JSON"));
      run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(0.75));
      type("#lockHold", "soon");
      shoot("84-settings-lock");
      type("#lockHold", "");
      run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(1));
      shoot("84-settings-below");
      press("#saveSettings");
      until(() -> noticed("Saved."));
      picked = services.store("agent-main.db", TestServices.demoRows());
      key(KeyCode.O, true, false);
      until(() -> on("#upgradeAll"));
      press("#upgradeAll");
      until(() -> label("#sendEstimate").contains("tokens in"));
      shoot("85-ask-to-send");
      press("#yes");
      until(() -> on("#waitingText"));
      shoot("86-waiting");
      answered.set(1_000);
      untilOver();
      shoot("87-used");
      press("#runs");
      until(() -> on("#runUsage"));
      shoot("88-runs-cost");
      press("#overview");
      until(() -> says("Latest runs"));
      shoot("89-overview");
    }
    assertThat(DIRECTORY.resolve("88-runs-cost" + suffix + ".png")).exists();
  }

  private static String models(int count) {
    String names =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"id\":\"vendor/model-" + i + "\",\"object\":\"model\"},")
            .collect(Collectors.joining());
    return "{\"object\":\"list\",\"data\":["
        + names
        + "{\"id\":\"gpt-5-mini\",\"object\":\"model\"}]}";
  }

  @Test
  void smallAndAModelInChinese() throws Exception {
    configure(
        ModelSettings.of("https://api.openai.com/v1", "gpt-5-mini", KeySource.NONE)
            .withCost(null, new BigDecimal("0.01")));
    Path store = services.store("agent-main.db", TestServices.demoRows());
    showReal(store, Locale.SIMPLIFIED_CHINESE, Theme.DARK, 900, 600);
    press("#upgradeAll");
    until(() -> label("#sendEstimate").contains("令牌"));
    shoot("90-small-ask-chinese");
    key(KeyCode.ESCAPE, false, false);
    press("#settings");
    until(() -> !text("#url").isEmpty());
    shoot("91-small-settings-chinese");
    type("#timeout", "0");
    run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(0.5));
    shoot("92-small-settings-below-chinese");
    run(() -> node("#settingsScroll", ScrollPane.class).setVvalue(0.85));
    shoot("93-small-settings-lock-chinese");
    assertThat(DIRECTORY.resolve("92-small-settings-below-chinese.png")).exists();
  }
}
