package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.SettingsFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An endpoint that repeats the key wherever it can: it must turn up nowhere. */
@Timeout(30)
class CanaryTest {
  private static final String CANARY = "sk-canary-0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void theKeyIsSentAndTurnsUpNowhereElse() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    List<String> outputs = new ArrayList<>();
    try (FakeEndpoint endpoint =
        new FakeEndpoint(
            x -> {
              String key = String.valueOf(x.call().authorization());
              x.header("X-Echo", key);
              switch (x.number() % 6) {
                case 0 -> x.send(400, "{\"error\":{\"message\":\"bad key " + key + "\"}}");
                case 1 -> x.send(403, "{\"error\":{\"message\":\"not with " + key + "\"}}");
                case 2 -> x.send(200, "not json: " + key);
                case 3 -> x.chat("I saw " + key);
                case 4 -> x.chat(FakeEndpoint.layers("Key " + key, "- " + key, key, key));
                default -> x.send(401, key);
              }
            })) {
      ModelSettings settings =
          endpoint
              .settings()
              .with(endpoint.url(), "test-model", KeySource.ofEnvironment("CANARY_KEY"));
      Models models = Fixtures.models(Map.of("CANARY_KEY", CANARY + "\n"));
      SettingsFile file = new SettingsFile(folder.resolve("settings.json"));
      file.update(now -> now.withModel(settings));
      outputs.add(Files.readString(folder.resolve("settings.json")));
      outputs.add(settings.toString());
      try (Enricher enricher = models.enricher(settings, PriceTable.with(Map.of()))) {
        for (int i = 0; i < 12; i++) {
          try {
            Enriched enriched = enricher.enrich(Fixtures.memory("The team uses Postgres."));
            outputs.add(enriched.toString());
          } catch (EnrichmentException e) {
            outputs.add(trace(e));
            enricher.tryAgain();
          }
        }
        outputs.add(enricher.toString() + enricher.usage());
      }
      outputs.add(models.testConnection(settings).toString());
      assertThat(endpoint.calls())
          .hasSizeGreaterThan(10)
          .allSatisfy(call -> assertThat(call.authorization()).isEqualTo("Bearer " + CANARY));
    } finally {
      root.detachAppender(log);
      root.setLevel(before);
    }
    for (ILoggingEvent event : List.copyOf(log.list)) {
      // The test's own server is no part of the app.
      if (!event.getLoggerName().startsWith("com.sun.net.httpserver")) {
        outputs.add(event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
          outputs.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
      }
    }
    assertThat(outputs)
        .hasSizeGreaterThan(14)
        .allSatisfy(output -> assertThat(output).doesNotContain("canary-0123"));
  }

  private static String trace(Throwable problem) {
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
