package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.llm.FakeEndpoint;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.ui.ModelWindowTest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The main job with a model that is down, refuses the key or answers badly, or is stopped. */
class ModelTroubleInWindowTest extends ModelWindowTest {
  @Test
  void aRunWhoseModelIsDownSaysWhyItWaitsAndGoesOnWhenTold() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (down.get()) {
                x.header("Retry-After", "600").send(503, "{\"error\":{\"message\":\"down\"}}");
              } else {
                x.layers("The build uses Gradle.");
              }
            })) {
      configure(endpoint.settings());
      showReal(services.store("a.db", legacy(8)));
      press("#upgradeAll");
      until(this::isEstimated);
      press("#yes");
      until(() -> says("Run 1 waits"));
      until(() -> label("#waitingText").contains("goes on by itself in"));
      assertThat(label("#waitingText")).contains("503");
      down.set(false);
      press("#tryNow");
      until(() -> says("Run 1 done"));
      assertThat(on("#waitingText")).isFalse();
      until(() -> says("0 legacy"));
    }
  }

  @Test
  void aRefusedKeyWaitsForTheAdmin() throws Exception {
    environment.put("TIDY_KEY", "sk-canary-0123456789abcdef");
    try (FakeEndpoint endpoint =
        new FakeEndpoint(x -> x.send(401, "{\"error\":{\"message\":\"no\"}}"))) {
      configure(
          endpoint
              .settings()
              .with(endpoint.url(), "test-model", KeySource.ofEnvironment("TIDY_KEY")));
      showReal(services.store("a.db", legacy(4)));
      press("#upgradeAll");
      until(this::isEstimated);
      press("#yes");
      until(() -> label("#waitingText").contains("does not go on by itself"));
      press("#cancel");
      until(() -> says("Run 1 cancelled"));
      assertThat(on("#waitingText")).isFalse();
    }
  }

  @Test
  void whatTheModelFailsOnStaysIfTheSettingsSaySo() throws Exception {
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (x.call().user().contains("m01")) {
                x.chat("I would rather not say.");
              } else {
                x.layers("The build uses Gradle.");
              }
            })) {
      configure(endpoint.settings(), now -> now.withOnFailure(FailurePolicy.LEAVE));
      showReal(services.store("a.db", legacy(3)));
      press("#upgradeAll");
      until(this::isEstimated);
      press("#yes");
      until(() -> says("Run 1 done"));
      until(() -> says("3 memories  ·  1 legacy  ·  0 fallback"));
      press("#retry");
      until(this::isEstimated);
      assertThat(label("#sendEstimate")).startsWith("1 call,");
      assertThat(says("Retry what run 1 could not upgrade?")).isTrue();
    }
  }

  @Test
  void aCancelledRunIsResumedOnlyAfterAsking() throws Exception {
    AtomicBoolean slow = new AtomicBoolean(true);
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              if (slow.get() && x.number() > 2) {
                x.header("Retry-After", "600").send(429, "{}");
              } else {
                x.layers("The build uses Gradle.");
              }
            })) {
      configure(endpoint.settings());
      showReal(services.store("a.db", legacy(10)));
      press("#upgradeAll");
      until(this::isEstimated);
      press("#yes");
      until(() -> says("Run 1 waits"));
      press("#cancel");
      until(() -> on("#resume"));
      slow.set(false);
      int before = endpoint.calls().size();
      press("#resume");
      until(this::isEstimated);
      assertThat(says("Resume run 1?")).isTrue();
      assertThat(endpoint.calls()).hasSize(before);
      press("#yes");
      until(() -> says("Run 1 done"));
    }
  }
}
