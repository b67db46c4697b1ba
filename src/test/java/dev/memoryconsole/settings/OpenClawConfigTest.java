package dev.memoryconsole.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenClawConfigTest {
  @TempDir private Path folder;

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("openclaw.json"), json);
  }

  @Test
  void aJson5FileIsUnderstood() throws Exception {
    Path file =
        write(
            """
            // OpenClaw
            {
              plugins: {
                slots: { memory: 'memory-lancedb-pro' },
                entries: {
                  'memory-lancedb-pro': {
                    enabled: true,
                    config: { /* ours */
                      dbPath: '${DATA}/lance',
                      embedding: { apiKey: ['${JINA_KEY}'], baseURL: "https://embed.example/v1" },
                      llm: {
                        apiKey: "${LLM_KEY}", model: "openai/gpt-oss-120b",
                        baseURL: "https://api.groq.example/v1", timeoutMs: +30000,
                      },
                    },
                  },
                },
              },
            }
            """);
    OpenClawConfig config =
        OpenClawConfig.read(file, Map.of("DATA", "/data", "LLM_KEY", "canary")::get).orElseThrow();
    assertThat(config)
        .isEqualTo(
            new OpenClawConfig(
                Path.of("/data/lance"),
                "https://api.groq.example/v1",
                "openai/gpt-oss-120b",
                "LLM_KEY",
                false));
    assertThat(config.modelSettings().orElseThrow().problem()).isEmpty();
  }

  @Test
  void aKeyWrittenIntoTheFileIsNotTaken() throws Exception {
    Path file =
        write(
            "{plugins:{entries:{'memory-lancedb-pro':{config:{llm:{apiKey:'sk-canary-12345678',"
                + "model:'m',baseURL:'https://x/v1'}}}}}}");
    OpenClawConfig config = OpenClawConfig.read(file, Map.<String, String>of()::get).orElseThrow();
    assertThat(config.toString()).doesNotContain("canary");
    assertThat(config.keyVariable()).isEmpty();
    assertThat(config.store()).isEqualTo(folder.resolve("memory/lancedb-pro"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "locking:{redis:{enabled:true}}",
        "locking:{redis:{url:'redis://x'}}",
        "redisUrl:'redis://x'"
      })
  void aRedisLockIsNoticed(String lock) throws Exception {
    Path file = write("{plugins:{entries:{'memory-lancedb-pro':{config:{" + lock + "}}}}}");
    assertThat(OpenClawConfig.read(file, Map.<String, String>of()::get).orElseThrow().redisLock())
        .isTrue();
  }

  @Test
  void aRedisLockFromTheEnvironmentIsNoticed() throws Exception {
    Path file = write("{plugins:{entries:{'memory-lancedb-pro':{config:{}}}}}");
    assertThat(
            OpenClawConfig.read(file, Map.of("MEMORY_LANCEDB_REDIS_URL", "redis://x")::get)
                .orElseThrow()
                .redisLock())
        .isTrue();
    assertThat(OpenClawConfig.read(file, Map.<String, String>of()::get).orElseThrow().redisLock())
        .isFalse();
  }

  @Test
  void whereThePluginIsNotConfiguredThereIsNothingToOffer() throws Exception {
    assertThat(OpenClawConfig.read(folder.resolve("none.json"), Map.<String, String>of()::get))
        .isEmpty();
    assertThat(OpenClawConfig.read(write("{plugins:{}}"), Map.<String, String>of()::get)).isEmpty();
    assertThat(
            OpenClawConfig.read(
                write("{plugins:{entries:{'memory-lancedb-pro':{enabled:false}}}}"),
                Map.<String, String>of()::get))
        .isEmpty();
  }

  @Test
  void garbageIsOneSentenceThatQuotesNothing() throws Exception {
    Path file = write("{\n\"apiKey\": sk-canary-1234 garbage");
    assertThatThrownBy(() -> OpenClawConfig.read(file, Map.<String, String>of()::get))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not valid JSON5 (line 2); it was ignored.")
        .hasMessageNotContaining("canary");
  }
}
