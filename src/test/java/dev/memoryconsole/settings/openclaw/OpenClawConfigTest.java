package dev.memoryconsole.settings.openclaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
        OpenClawReader.read(file, Map.of("DATA", "/data", "LLM_KEY", "canary")::get).orElseThrow();
    assertThat(config)
        .isEqualTo(
            new OpenClawConfig(
                Path.of("/data/lance"),
                true,
                "https://api.groq.example/v1",
                "openai/gpt-oss-120b",
                "LLM_KEY",
                Optional.empty(),
                "",
                ""));
    assertThat(config.modelSettings().orElseThrow().problem()).isEmpty();
  }

  @Test
  void aKeyWrittenIntoTheFileIsNotTaken() throws Exception {
    Path file =
        write(
            "{plugins:{entries:{'memory-lancedb-pro':{config:{llm:{apiKey:'sk-canary-12345678',"
                + "model:'m',baseURL:'https://x/v1'}}}}}}");
    OpenClawConfig config = OpenClawReader.read(file, Map.<String, String>of()::get).orElseThrow();
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
    assertThat(OpenClawReader.read(file, Map.<String, String>of()::get).orElseThrow().redisLock())
        .isTrue();
  }

  @Test
  void aRedisLockFromTheEnvironmentIsNoticed() throws Exception {
    Path file = write("{plugins:{entries:{'memory-lancedb-pro':{config:{}}}}}");
    assertThat(
            OpenClawReader.read(file, Map.of("MEMORY_LANCEDB_REDIS_URL", "redis://x")::get)
                .orElseThrow()
                .redisLock())
        .isTrue();
    assertThat(OpenClawReader.read(file, Map.<String, String>of()::get).orElseThrow().redisLock())
        .isFalse();
  }

  @Test
  void theRedisLockIsThePluginsAndItsAddressIsShownByNothing() throws Exception {
    Path file =
        write(
            "{plugins:{entries:{'memory-lancedb-pro':{config:{dbPath:'"
                + folder
                + "/store/',"
                + "locking:{redis:{url:'redis://:${PASS}@host/',keyPrefix:'p',ttlMs:5000}}}}}}}");
    OpenClawConfig config = OpenClawReader.read(file, Map.of("PASS", "canary")::get).orElseThrow();
    assertThat(config.toString()).doesNotContain("canary");
    RedisLocking redis = config.redis().orElseThrow();
    assertThat(redis.url().reveal()).isEqualTo("redis://:canary@host/");
    assertThat(redis.keyPrefix()).isEqualTo("p");
    assertThat(redis.ttlMillis()).isEqualTo(5_000);
    assertThat(redis.dbPath()).isEqualTo(folder + "/store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redisUrl:'redis://x',", ""})
  void aRedisLockThatIsSwitchedOffIsOffWhateverElseIsSet(String url) throws Exception {
    Path file =
        write(
            "{plugins:{entries:{'memory-lancedb-pro':{config:{"
                + url
                + "locking:{redis:{enabled:false,url:'redis://y'}}}}}}}");
    assertThat(
            OpenClawReader.read(file, Map.of("MEMORY_LANCEDB_REDIS_URL", "redis://z")::get)
                .orElseThrow()
                .redis())
        .isEmpty();
  }

  @Test
  void aStoreThatIsALinkIsNamedByWhatItLinksTo() throws Exception {
    Path real = Files.createDirectory(folder.toRealPath().resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), real);
    Path file =
        write(
            "{plugins:{entries:{'memory-lancedb-pro':{config:{redisUrl:'redis://x',dbPath:'"
                + folder.resolve("link").toUri()
                + "'}}}}}");
    OpenClawConfig config = OpenClawReader.read(file, Map.<String, String>of()::get).orElseThrow();
    assertThat(config.redis().orElseThrow().dbPath()).isEqualTo(real.toString());
    assertThat(config.store()).isEqualTo(real);
  }

  @Test
  void whereThePluginIsNotConfiguredThereIsNothingToOffer() throws Exception {
    assertThat(OpenClawReader.read(folder.resolve("none.json"), Map.<String, String>of()::get))
        .isEmpty();
    assertThat(OpenClawReader.read(write("{plugins:{}}"), Map.<String, String>of()::get)).isEmpty();
    assertThat(
            OpenClawReader.read(
                write("{plugins:{entries:{'memory-lancedb-pro':{enabled:false}}}}"),
                Map.<String, String>of()::get))
        .isEmpty();
  }

  @Test
  void garbageIsOneSentenceThatQuotesNothing() throws Exception {
    Path file = write("{\n\"apiKey\": sk-canary-1234 garbage");
    assertThatThrownBy(() -> OpenClawReader.read(file, Map.<String, String>of()::get))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not valid JSON5 (line 2).")
        .hasMessageNotContaining("canary");
  }

  private Optional<OpenClawConfig> read(Path file, String... environment) throws IOException {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return OpenClawReader.read(file, variables::get);
  }

  private static final String ENTRY =
      "{plugins:{entries:{'%s':{enabled:%s,config:{dbPath:'%s'}}}}}";

  @Test
  void includedFilesAreMergedAndKeysBesideThemWin() throws Exception {
    Files.createDirectories(folder.resolve("parts"));
    Files.writeString(folder.resolve("parts/a.json"), "{'$include':'b.json',llm:{model:'a'}}");
    Files.writeString(
        folder.resolve("parts/b.json"), "{llm:{model:'b',baseURL:'https://b/v1'},dbPath:'/b'}");
    Path file =
        write(
            "{plugins:{entries:{'memory-lancedb-pro':{config:"
                + "{'$include':['parts/a.json'],dbPath:'/mine'}}}}}");
    OpenClawConfig config = read(file).orElseThrow();
    assertThat(config.store()).isEqualTo(Path.of("/mine"));
    assertThat(config.model()).isEqualTo("a");
    assertThat(config.baseUrl()).isEqualTo("https://b/v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openclaw.json",
        "../outside.json",
        "link.json",
        "none.json",
        "huge.json",
        "garbage.json",
        "deep0.json",
        "many.json",
        "number.json",
        "\\u0000"
      })
  void anIncludeThatBreaksARuleIsRefusedWithOneSentence(String name) throws Exception {
    Path config = Files.createDirectory(folder.resolve("config"));
    Files.writeString(folder.resolve("outside.json"), "{}");
    Files.createSymbolicLink(config.resolve("link.json"), folder.resolve("outside.json"));
    Files.writeString(config.resolve("huge.json"), "{a:'" + "x".repeat(2_200_000) + "'}");
    Files.writeString(config.resolve("garbage.json"), "{a:");
    Files.writeString(config.resolve("number.json"), "1");
    Files.writeString(config.resolve("leaf.json"), "{}");
    String leaf = "'leaf.json',";
    Files.writeString(config.resolve("many.json"), "{'$include':[" + leaf.repeat(1_001) + "]}");
    for (int i = 0; i < 10; i++) {
      Files.writeString(
          config.resolve("deep" + i + ".json"), "{'$include':'deep" + (i + 1) + ".json'}");
    }
    Files.writeString(config.resolve("deep10.json"), "{}");
    Path file =
        Files.writeString(
            config.resolve("openclaw.json"), "{'$include':'" + name + "',plugins:{}}");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("OpenClaw's configuration ")
        .hasMessageEndingWith(".")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aForkIsFoundByItsNameOrItsStoreUnlessItIsSwitchedOff() throws Exception {
    String store = folder.resolve("lance").toString();
    assertThat(read(write(ENTRY.formatted("memory-lancedb-cip", "true", store)))).isPresent();
    assertThat(read(write(ENTRY.formatted("memory-lancedb-cip", "false", store)))).isEmpty();
    assertThat(read(write(ENTRY.formatted("my-fork", "true", store)))).isEmpty();
    Files.createDirectories(folder.resolve("lance/memories.lance"));
    assertThat(read(write(ENTRY.formatted("my-fork", "true", store)))).isPresent();
    assertThat(read(write(ENTRY.formatted("my-fork", "false", store)))).isEmpty();
  }

  @Test
  void onlyVariablesInCapitalsAreFilledInAndADoubleDollarIsKept() throws Exception {
    Path file = write(ENTRY.formatted("memory-lancedb-pro", "true", "/${UP}/${low}/$${UP}"));
    assertThat(read(file, "UP", "x", "low", "y").orElseThrow().store())
        .isEqualTo(Path.of("/x/${low}/${UP}"));
  }

  @Test
  void variablesComeFromWhereOpenClawHasThemToo() throws Exception {
    Files.writeString(
        folder.resolve(".env"),
        """
        # Ours
        export A=from-file # a remark
        B='quoted # no remark'
        C=other
        """);
    Path file =
        write(
            "{env:{C:'block',D:'d',vars:{E:'e'}},plugins:{entries:{'memory-lancedb-pro':"
                + "{config:{dbPath:'/${A}/${B}/${C}/${D}/${E}'}}}}}");
    OpenClawConfig config = read(file, "A", "here").orElseThrow();
    assertThat(config.store()).isEqualTo(Path.of("/here/quoted # no remark/other/d/e"));
    assertThat(config.unsetOfStore()).isEmpty();
  }

  @Test
  void aVariableThatIsNotSetIsToldAndNeverTakenForNothing() throws Exception {
    Path file =
        write(
            "{plugins:{entries:{'memory-lancedb-pro':{config:{dbPath:'/${X}/store',"
                + "llm:{model:'m',baseURL:'${Y}'},redisUrl:'${Z}'}}}}}");
    OpenClawConfig config = read(file, "Z", " ").orElseThrow();
    assertThat(config.unsetOfStore()).isEqualTo("X");
    assertThat(config.unsetOfModel()).isEqualTo("Y");
    assertThat(config.modelSettings()).isEmpty();
    assertThat(config.redis().orElseThrow().unset()).isEqualTo("Z");
    assertThat(read(file, "X", "x", "Y", "y", "Z", "z").orElseThrow().redis().orElseThrow().unset())
        .isEmpty();
  }

  @Test
  void thePluginThatOpenClawIsToldToUseIsOffered() throws Exception {
    Path file =
        write(
            "{plugins:{slots:{memory:'memory-lancedb-cip'},entries:{"
                + "'memory-lancedb-pro':{config:{dbPath:'/one'}},"
                + "'memory-lancedb-cip':{config:{dbPath:'/two'}}}}}");
    assertThat(read(file).orElseThrow().store()).isEqualTo(Path.of("/two"));
    assertThat(OpenClawReader.readAll(file, Map.<String, String>of()::get))
        .extracting(OpenClawConfig::store)
        .containsExactly(Path.of("/one"), Path.of("/two"));
  }

  @Test
  void thePlaceFollowsTheEnvironment() throws Exception {
    Path state = folder.resolve("state");
    Path home = folder.resolve("other");
    Map<String, String> variables = new HashMap<>();
    Path old = Files.createDirectory(folder.resolve(".clawdbot")).resolve("clawdbot.json");
    assertThat(OpenClawPlace.file(variables::get, folder))
        .isEqualTo(folder.resolve(".openclaw/openclaw.json"));
    Files.writeString(old, "{}");
    assertThat(OpenClawPlace.file(variables::get, folder)).isEqualTo(old);
    variables.put("OPENCLAW_PROFILE", "work");
    assertThat(OpenClawPlace.file(variables::get, folder))
        .isEqualTo(folder.resolve(".openclaw-work/openclaw.json"));
    variables.put("OPENCLAW_HOME", home.toString());
    assertThat(OpenClawPlace.file(variables::get, folder))
        .isEqualTo(home.resolve(".openclaw-work/openclaw.json"));
    variables.put("OPENCLAW_STATE_DIR", state.toString());
    assertThat(OpenClawPlace.file(variables::get, folder))
        .isEqualTo(state.resolve("openclaw.json"));
    variables.put("OPENCLAW_CONFIG_PATH", "~/my.json");
    assertThat(OpenClawPlace.file(variables::get, folder)).isEqualTo(home.resolve("my.json"));
  }
}
