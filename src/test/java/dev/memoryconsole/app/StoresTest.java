package dev.memoryconsole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.redis.RedisServer;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.lance.PluginTable;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.upgrade.UpgradeException;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kind of a store is told from its path, and another lock of the plugin's is respected. */
@Tag("redis")
class StoresTest {
  @TempDir private Path folder;
  private Path live;

  @BeforeEach
  void copy() throws Exception {
    live = PluginTable.copyOfReal(folder.resolve("lancedb-pro"));
  }

  private Stores stores(Map<String, String> environment) {
    return new Stores(Clock.systemUTC(), folder.resolve("openclaw.json"), environment::get);
  }

  @Test
  void theKindIsToldFromThePath() {
    Path file = folder.resolve("store.db");
    SqliteStore.create(file).close();
    for (Path path : new Path[] {live, live.resolve("memories.lance")}) {
      try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(path))) {
        assertThat(store.kind()).isEqualTo("LanceDB");
        assertThat(store.writeRefusal()).isEmpty();
      }
    }
    try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(file))) {
      assertThat(store.kind()).isEqualTo("SQLite");
    }
    assertThatThrownBy(() -> stores(Map.of()).open(StoreLocation.of(folder)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("memories.lance");
  }

  @Test
  void theWindowRemembersALiveStore() {
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    WindowServices services =
        new WindowServices(
            new Assembly(new SimpleEnricher(), Clock.systemUTC()),
            workspace,
            new SettingsFile(workspace.settings()),
            Clock.systemUTC(),
            new ServedMetrics());
    try (Upgrades open = services.open(StoreLocation.of(live.resolve("memories.lance")))) {
      assertThat(open.store().count(EntryQuery.ALL)).isEqualTo(320);
      assertThat(services.recent()).containsExactly(open.store().location());
    }
  }

  private void writingIsRefused(Stores stores, String word) {
    Path workspace = folder.resolve("workspace");
    Assembly assembly =
        new Assembly(new SimpleEnricher(), Clock.systemUTC(), KeyLookup.system(), stores);
    try (Upgrades open = assembly.open(StoreLocation.of(live), workspace)) {
      assertThat(open.store().count(EntryQuery.ALL)).isEqualTo(320);
      assertThatThrownBy(() -> open.upgrade(EntryQuery.ALL, 10, UpgradeOptions.DEFAULT))
          .isInstanceOf(UpgradeException.class)
          .hasMessageContainingAll(word, "Redis", "nothing was changed");
      assertThat(open.runs(10)).isEmpty();
    }
  }

  @Test
  void aRedisLockWithoutAnAddressKeepsAnythingFromBeingWritten() throws Exception {
    Files.writeString(
        folder.resolve("openclaw.json"),
        """
        {plugins: {entries: {'memory-lancedb-pro': {config: {
          dbPath: '%s', locking: {redis: {enabled: true}}}}}}}
        """
            .formatted(live));
    writingIsRefused(stores(Map.of()), "openclaw.json");
  }

  @Test
  void aLockThatIsChangedWhileTheStoreIsOpenKeepsAnythingFromBeingWritten() throws Exception {
    Map<String, String> environment = new HashMap<>();
    try (MemoryStore store = stores(environment).open(StoreLocation.of(live))) {
      assertThat(store.writeRefusal()).isEmpty();
      environment.put("MEMORY_LANCEDB_REDIS_URL", "redis://localhost");
      assertThat(Wording.ENGLISH.of(store.writeRefusal().orElseThrow()))
          .contains("was changed since it was opened");
    }
  }

  private Path configured(String json, Object... arguments) throws Exception {
    return Files.writeString(
        folder.resolve("openclaw.json"), json.replace('\'', '"').formatted(arguments));
  }

  /** It may name a lock in Redis: then the lock directory guards nothing. */
  @Test
  void aConfigurationThatCantBeUnderstoodKeepsAnythingFromBeingWritten() throws Exception {
    configured("{'plugins': sk-canary-1");
    writingIsRefused(stores(Map.of()), "is not valid JSON5 (line 1)");
    try (MemoryStore store =
        stores(Map.of()).lockingBy(PluginLock.DIRECTORY).open(StoreLocation.of(live))) {
      assertThat(store.writeRefusal()).isEmpty();
      assertThat(store.doubt()).isEmpty();
    }
  }

  @Test
  void aConfigurationThatCantBeReadKeepsAnythingFromBeingWritten() throws Exception {
    Files.createDirectory(folder.resolve("openclaw.json"));
    writingIsRefused(stores(Map.of()), "can't be read");
  }

  @Test
  void anAddressOfAVariableThatIsNotSetKeepsAnythingFromBeingWritten() throws Exception {
    configured(
        "{'plugins':{'entries':{'memory-lancedb-pro':{'config':{'dbPath':'%s','redisUrl':'${CLAW_REDIS}'}}}}}",
        live);
    writingIsRefused(stores(Map.of()), "the variable CLAW_REDIS, which is not set here");
  }

  @Test
  void aStoreOfAVariableThatIsNotSetMayBeThisOne() throws Exception {
    configured(
        "{'plugins':{'entries':{'memory-lancedb-pro':{'config':{'dbPath':'${CLAW}/lancedb-pro','redisUrl':'redis://127.0.0.1:1'}}}}}");
    try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(live))) {
      assertThat(Wording.ENGLISH.of(store.writeRefusal().orElseThrow()))
          .contains("the variable CLAW");
    }
    try (MemoryStore store = stores(Map.of("CLAW", "/elsewhere")).open(StoreLocation.of(live))) {
      assertThat(store.writeRefusal()).isEmpty();
    }
  }

  @Test
  void ofSeveralPluginsTheOneOfThisStoreCounts() throws Exception {
    String both =
        "{'plugins':{'slots':{'memory':'%s'},'entries':{"
            + "'memory-lancedb-pro':{'config':{'dbPath':'%s'}},"
            + "'memory-lancedb-cip':{'config':{'dbPath':'%s','redisUrl':'http://none'}}}}}";
    configured(both, "", folder.resolve("other"), live);
    writingIsRefused(stores(Map.of()), "openclaw.json");
    configured(both, "", live, folder.resolve("other"));
    try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(live))) {
      assertThat(store.writeRefusal()).isEmpty();
    }
    configured(both, "", live, live);
    try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(live))) {
      assertThat(Wording.ENGLISH.of(store.writeRefusal().orElseThrow()))
          .contains("several plugins");
    }
    configured(both, "memory-lancedb-pro", live, live);
    try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(live))) {
      assertThat(store.writeRefusal()).isEmpty();
    }
  }

  /** As that of another user, whose store this one's admin opens. */
  @Test
  void theConfigurationThatTheStoreIsKeptBesideIsFoundToo() throws Exception {
    Path state = Files.createDirectories(folder.resolve("other/.openclaw/memory"));
    Path theirs = PluginTable.copyOfReal(state.resolve("lancedb-pro"));
    Files.writeString(
        state.resolveSibling("openclaw.json"),
        "{plugins:{entries:{'memory-lancedb-pro':{config:{redisUrl:'http://none'}}}}}");
    try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(theirs))) {
      assertThat(Wording.ENGLISH.of(store.writeRefusal().orElseThrow()))
          .contains("locks through Redis");
    }
  }

  private void doubts(Map<String, String> environment, String word) throws Exception {
    try (MemoryStore store = stores(environment).open(StoreLocation.of(live))) {
      assertThat(store.writeRefusal()).isEmpty();
      if (word.isEmpty()) {
        assertThat(store.doubt()).isEmpty();
      } else {
        assertThat(Wording.ENGLISH.of(store.doubt().orElseThrow())).contains(word, "may be lost");
      }
    }
  }

  @Test
  @Tag("redis")
  void aStoreWhoseLockNobodyEverTookIsDoubted() throws Exception {
    Path lock = live.resolve(".memory-write.lock");
    doubts(Map.of(), "");
    Files.delete(lock);
    doubts(Map.of(), "no configuration of OpenClaw that names this store was found");
    // That we take it ourselves proves nothing of the plugin.
    try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(live))) {
      store.patch(
          store.ids(EntryQuery.ALL, 1),
          Patches.of(row -> "{}"),
          LockPurpose.of(LockPurpose.Kind.UPGRADE));
    }
    assertThat(lock).exists();
    doubts(Map.of(), "no configuration of OpenClaw that names this store was found");
    configured("{'plugins':{'entries':{'memory-lancedb-pro':{'config':{'dbPath':'%s'}}}}}", live);
    doubts(Map.of(), "");
    Files.delete(lock);
    doubts(Map.of(), "a version without a lock");
    Files.createFile(lock);
    doubts(Map.of(), "");
    Files.delete(lock);
    try (RedisServer server = RedisServer.start(folder)) {
      Files.delete(folder.resolve("openclaw.json"));
      doubts(Map.of("MEMORY_LANCEDB_REDIS_URL", server.url()), "");
    }
    try (PluginTable plugin = PluginTable.of(live)) {
      plugin.delete("true");
    }
    doubts(Map.of(), "");
  }

  @Test
  void aRedisLockOfAnotherStoreDoesNotMatter() throws Exception {
    Files.writeString(
        folder.resolve("openclaw.json"),
        """
        {plugins: {entries: {'memory-lancedb-pro': {config: {
          dbPath: '/somewhere/else', locking: {redis: {enabled: true}}}}}}}
        """);
    try (MemoryStore store = stores(Map.of()).open(StoreLocation.of(live))) {
      assertThat(store.writeRefusal()).isEmpty();
    }
  }

  @Test
  void anAddressFromTheEnvironmentThatIsNoneKeepsAnythingFromBeingWritten() {
    writingIsRefused(
        stores(Map.of("MEMORY_LANCEDB_REDIS_URL", "http://localhost")), "MEMORY_LANCEDB_REDIS_URL");
  }

  @Test
  void whatKeepsAnythingFromBeingWrittenIsSaidInTheReadersLanguage() {
    Stores stores = stores(Map.of("MEMORY_LANCEDB_REDIS_URL", "http://:canary@localhost"));
    try (MemoryStore store = stores.open(StoreLocation.of(live))) {
      Message refusal = store.writeRefusal().orElseThrow();
      assertThat(Wording.ENGLISH.of(refusal))
          .contains(
              "there is a problem with that: The address of the plugin's Redis is none that starts"
                  + " with redis:// or rediss:// and names a host; nothing was changed, set")
          .doesNotContain("canary");
      assertThat(Wording.in(Locale.CHINA).of(refusal))
          .contains("而这存在问题：插件的 Redis 地址不是以 redis:// 或 rediss:// 开头并指明主机的地址；未作任何更改");
    }
  }
}
