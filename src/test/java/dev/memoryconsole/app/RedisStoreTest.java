package dev.memoryconsole.app;

import static dev.memoryconsole.cli.Answer.NO_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.redis.RedisServer;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** The plugin's store where its lock is in a real Redis, through the whole program. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("redis")
class RedisStoreTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;
  private Path live;

  @BeforeEach
  void copy() throws Exception {
    live = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
  }

  private Stores stores(Map<String, String> environment) {
    return new Stores(Clock.systemUTC(), folder.resolve("openclaw.json"), environment::get);
  }

  private Assembly assembly(Enricher enricher, RedisServer server, Duration patience) {
    return new Assembly(
        enricher,
        Clock.systemUTC(),
        KeyLookup.system(),
        stores(Map.of("MEMORY_LANCEDB_REDIS_URL", server.url())).patient(patience));
  }

  private record Answer(int code, String out, String err) {}

  private Answer run(Assembly assembly, String command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(command, live.toString()));
    all.addAll(List.of("--workspace", folder.resolve("workspace").toString()));
    all.addAll(List.of(arguments));
    int code =
        MemoryConsole.run(
            assembly,
            NO_WINDOW,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  private String key() throws Exception {
    return "memory-lancedb-pro:write-lock:"
        + HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(live.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Slow enough that a run lasts for as long as it takes to do something to it. */
  private static Enricher slow() {
    return Answering.slow("simple", 60);
  }

  private static RunHandle upgrade(Upgrades open) {
    return open.upgrade(
        EntryQuery.ALL, Integer.MAX_VALUE, UpgradeOptions.DEFAULT.withSnapshot(false));
  }

  private static void untilSomeAreWritten(RunHandle run) {
    await().atMost(Duration.ofSeconds(60)).until(() -> run.progress().lock().acquisitions() > 2);
  }

  @Test
  void aRedisLockOfThisStoreIsTakenInsteadOfTheLockDirectory() throws Exception {
    try (RedisServer server = RedisServer.start(folder)) {
      Files.writeString(
          folder.resolve("openclaw.json"),
          """
          {plugins: {entries: {'memory-lancedb-pro': {config: {
            dbPath: '%s', locking: {redis: {url: '%s'}}}}}}}
          """
              .formatted(live, server.url()));
      // Whoever holds the directory holds nothing.
      Files.createDirectory(live.resolve(".memory-write.lock.lock"));
      try (MemoryStore store =
          stores(Map.of()).patient(Duration.ofSeconds(2)).open(StoreLocation.of(live))) {
        assertThat(store.writeRefusal()).isEmpty();
        String id = store.ids(EntryQuery.ALL, 1).getFirst();
        store.patch(
            List.of(id), Patches.of(row -> "{\"a\":1}"), LockPurpose.of(LockPurpose.Kind.UPGRADE));
        assertThat(store.lockMetrics().summary().acquisitions()).isOne();
        server.stop();
        assertThatThrownBy(
                () ->
                    store.patch(
                        List.of(id),
                        Patches.of(row -> "{\"a\":2}"),
                        LockPurpose.of(LockPurpose.Kind.UPGRADE)))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContainingAll(
                "The Redis at 127.0.0.1:" + server.port(), "nothing was changed");
        assertThat(store.find(List.of(id)).getFirst().metadata()).isEqualTo("{\"a\":1}");
      }
    }
  }

  private void isNotTrusted(Map<String, String> environment, LockPurpose purpose) {
    try (MemoryStore store =
        stores(environment).patient(Duration.ofMillis(300)).open(StoreLocation.of(live))) {
      List<String> ids = store.ids(EntryQuery.ALL, 1);
      assertThatThrownBy(() -> store.patch(ids, Patches.of(row -> "{}"), purpose))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("its certificate or encryption is not accepted");
    }
  }

  @Test
  void anEncryptedRedisIsTrustedByTheAuthorityThatThePluginsNodeIsToldOf() throws Exception {
    try (RedisServer server = RedisServer.startEncrypted(folder)) {
      String address = server.url();
      Map<String, String> environment = new HashMap<>(Map.of("MEMORY_LANCEDB_REDIS_URL", address));
      LockPurpose purpose = LockPurpose.of(LockPurpose.Kind.UPGRADE);
      isNotTrusted(environment, purpose);
      environment.put("NODE_EXTRA_CA_CERTS", RedisServer.authority(folder).toString());
      try (MemoryStore store = stores(environment).open(StoreLocation.of(live))) {
        List<String> ids = store.ids(EntryQuery.ALL, 1);
        store.patch(ids, Patches.of(row -> "{\"a\":1}"), purpose);
        assertThat(store.find(ids).getFirst().metadata()).isEqualTo("{\"a\":1}");
        assertThat(store.lockMetrics().summary().acquisitions()).isOne();
      }
      // The certificate is of 127.0.0.1, and for nobody else.
      environment.put("MEMORY_LANCEDB_REDIS_URL", address.replace("127.0.0.1", "localhost"));
      isNotTrusted(environment, purpose);
    }
  }

  @Test
  void aRunGoesOnWhenItsRedisIsBackInTime() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        Upgrades open =
            assembly(slow(), server, Duration.ofSeconds(60))
                .open(StoreLocation.of(live), folder.resolve("workspace"))) {
      RunHandle run = upgrade(open);
      untilSomeAreWritten(run);
      server.stop();
      server.start();
      assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
      assertThat(run.problem()).isEmpty();
      assertThat(open.store().stats().legacy()).isZero();
      assertThat(open.store().count(EntryQuery.ALL)).isEqualTo(320);
    }
  }

  @Test
  void aRunWhoseRedisStaysAwayEndsWithOneSentenceAndIsResumed() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        Upgrades open =
            assembly(slow(), server, Duration.ofSeconds(1))
                .open(StoreLocation.of(live), folder.resolve("workspace"))) {
      RunHandle run = upgrade(open);
      untilSomeAreWritten(run);
      server.stop();
      assertThat(run.await().state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(run.problem())
          .contains("The Redis at 127.0.0.1:" + server.port(), "nothing was changed")
          .doesNotContain("\n");
      long left = open.store().stats().legacy();
      assertThat(left).isBetween(1L, 239L);
      server.start();
      RunHandle resumed = open.resume(run.id(), UpgradeOptions.DEFAULT);
      assertThat(resumed.await().state()).isEqualTo(RunState.COMPLETED);
      assertThat(open.store().stats().legacy()).isZero();
      assertThat(open.store().count(EntryQuery.ALL)).isEqualTo(320);
    }
  }

  @Test
  void theCommandsLookAtTheKeyAndBreakItOnlyIfItIsNotRenewed() throws Exception {
    // Whoever holds the directory holds nothing.
    Path directory = Files.createDirectory(live.resolve(".memory-write.lock.lock"));
    Files.writeString(
        folder.resolve("openclaw.json"),
        """
        {plugins: {entries: {'memory-lancedb-pro': {config: {dbPath: '%s', locking: {redis: {ttlMs: 5000}}}}}}}
        """
            .formatted(live));
    try (RedisServer server = RedisServer.start(folder);
        RedisClient plugin = RedisClient.create("127.0.0.1", server.port())) {
      Assembly assembly = assembly(new SimpleEnricher(), server, Duration.ofSeconds(1));
      assertThat(run(assembly, "locks").out()).doesNotContain("Right now");
      assertThat(run(assembly, "break-lock", "--yes").err()).contains("Nobody holds the lock");
      String token = "3f2a1c77-0000-4000-8000-000000000000";
      plugin.set(key(), token, SetParams.setParams().px(9_000));
      assertThat(run(assembly, "locks").out())
          .containsPattern(
              "held by another program \\(token 3f2a1c77…\\), whose lease ends in \\d s");
      JsonNode held = MAPPER.readTree(run(assembly, "locks", "--json").out()).path("held");
      assertThat(held.path("holder").asText()).contains("3f2a1c77");
      assertThat(held.path("lease_ms").asInt()).isBetween(1, 9_000);
      assertThat(run(assembly, "break-lock").err()).contains("3f2a1c77", "nothing was changed");

      plugin.set(key(), token, SetParams.setParams().px(9_000));
      Answer broken = run(assembly, "break-lock", "--yes");
      assertThat(broken.code()).as(broken.err()).isEqualTo(ExitCode.DONE);
      assertThat(plugin.exists(key())).isFalse();
      assertThat(directory).isDirectory();
      assertThat(run(assembly, "locks").out()).contains("broken");
      server.stop();
      Answer away = run(assembly, "locks");
      assertThat(away.code()).isEqualTo(ExitCode.DONE);
      assertThat(away.err()).contains("The Redis at 127.0.0.1").hasLineCount(1);
    }
  }
}
