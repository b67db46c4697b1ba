package dev.memoryconsole.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.ui.ModelWindowTest;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.Test;

/** The settings' screen tries a model over a real HTTP server. */
class TryModelInWindowTest extends ModelWindowTest {
  private static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"small\",\"object\":\"model\"},"
          + "{\"id\":\"large\",\"object\":\"model\"}]}";

  @Test
  void theConnectionIsTestedWithOneCallOnAnInventedMemory() throws Exception {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("The user likes dark mode."))) {
      showReal(services.store("a.db", legacy(3)));
      openSettings();
      byModel();
      type("#url", endpoint.url());
      type("#modelName", "tidy-1");
      run(() -> node("#keyKind", ComboBox.class).getSelectionModel().select(0));
      press("#testConnection");
      until(() -> label("#testAnswer").contains("with valid JSON"));
      assertThat(label("#testAnswer")).contains("test-model-2026").contains(" ms ");
      assertThat(endpoint.calls()).hasSize(1);
      assertThat(endpoint.calls().getFirst().user()).doesNotContain("Gradle");
    }
  }

  @Test
  void aConnectionThatFailsIsExplained() {
    try (FakeEndpoint endpoint =
        new FakeEndpoint(x -> x.send(401, "{\"error\":{\"message\":\"no\"}}"))) {
      configure(endpoint.settings());
      showReal(null);
      openSettings();
      press("#testConnection");
      until(() -> label("#testAnswer").contains("key"));
      assertThat(label("#testAnswer")).endsWith(".");
      type("#url", endpoint.url() + "/other");
      until(() -> label("#testAnswer").isEmpty());
    }
  }

  @Test
  void anAnswerThatIsNoJsonIsShownAsSuch() {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.chat("Sure, I can help with that!"))) {
      configure(endpoint.settings());
      showReal(null);
      openSettings();
      press("#testConnection");
      until(() -> label("#testAnswer").contains("but not as it was asked to"));
    }
  }

  @Test
  void aMissingKeyIsSaidBeforeAnythingIsSent() {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.layers("x"))) {
      configure(
          endpoint
              .settings()
              .with(endpoint.url(), "m", KeySource.ofEnvironment("NOBODY_SETS_THIS_KEY")));
      showReal(null);
      openSettings();
      press("#testConnection");
      until(() -> label("#testAnswer").contains("NOBODY_SETS_THIS_KEY"));
      assertThat(endpoint.calls()).isEmpty();
    }
  }

  @Test
  void aTestCanBeStopped() {
    CountDownLatch release = new CountDownLatch(1);
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      configure(endpoint.settings());
      showReal(null);
      openSettings();
      press("#testConnection");
      until(() -> endpoint.calls().size() == 1);
      press("#stopTest");
      until(() -> label("#testAnswer").equals("Stopped."));
      until(() -> on("#testConnection"));
    } finally {
      release.countDown();
    }
  }

  @Test
  void theModelsOfTheEndpointAreListedAndChosen() {
    try (FakeEndpoint endpoint = new FakeEndpoint(x -> x.send(200, MODELS))) {
      configure(endpoint.settings());
      showReal(null);
      openSettings();
      type("#modelName", "");
      press("#listModels");
      until(() -> on("#offeredModels"));
      assertThat(label("#testAnswer")).contains("2 models");
      run(() -> node("#offeredModels", ListView.class).getSelectionModel().select(1));
      until(() -> text("#modelName").equals("small"));
    }
  }
}
