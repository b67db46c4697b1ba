package dev.memoryconsole.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.batch.RowWrite;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store on a real engine, and what the contracts of all stores ask of it. */
public abstract class StoreContract {
  public static final LockPurpose PURPOSE = new LockPurpose(LockPurpose.Kind.UPGRADE, 7, 1);
  public static final String UPGRADED = "{\"memory_category\":\"cases\",\"upgraded_at\":1}";
  protected static final String FALLBACK =
      "{\"memory_category\":\"cases\",\"upgraded_by\":\"simple\",\"upgrade_error\":\"timeout\"}";

  @TempDir protected Path folder;
  protected MemoryStore store;
  private StoreEngine engine;

  /** A new engine, which has no store yet. */
  protected abstract StoreEngine engine();

  @BeforeEach
  final void createStore() throws Exception {
    engine = engine();
    store = engine.create(folder);
  }

  @AfterEach
  final void closeStore() {
    store.close();
    engine.close();
  }

  protected static MemoryEntry entry(String id, String text, @Nullable String metadata) {
    return new MemoryEntry(id, text, "fact", "global", 0.5, 1_700_000_000_000L, metadata, 0);
  }

  protected static MemoryEntry at(String id, long timestamp) {
    return new MemoryEntry(id, "text of " + id, "fact", "global", 0.5, timestamp, "{}", 0);
  }

  protected static MemoryEntry in(String id, @Nullable String category, @Nullable String scope) {
    return new MemoryEntry(id, "text of " + id, category, scope, 0.5, 1L, "{}", 0);
  }

  /** Adds rows as whoever fills such a store does. */
  protected final void add(MemoryEntry... entries) throws Exception {
    engine.add(store, List.of(entries));
  }

  /** Another connection to the same store, as another program would have. */
  protected final MemoryStore openAgain(MemoryStore same) {
    return engine.openAgain(same);
  }

  /** Whether rows have a version that rises with every write. */
  protected final boolean countsVersions() {
    return engine.countsVersions();
  }

  /** Metadata as the store spells it once it was written. */
  protected final @Nullable String asKept(@Nullable String metadata) {
    return engine.asKept(entry("", "", metadata)).metadata();
  }

  /** An entry as the store spells it once it was written. */
  protected final MemoryEntry asKept(MemoryEntry entry) {
    return engine.asKept(entry);
  }

  protected final void write(String id, String metadata) throws InterruptedException {
    store.patch(List.of(id), row -> new RowWrite.Change(row, metadata), PURPOSE);
  }

  protected final MemoryEntry only(String id) {
    List<MemoryEntry> found = store.find(List.of(id));
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  protected final List<String> idsOf(EntryQuery query) {
    List<String> ids = store.ids(query, Integer.MAX_VALUE);
    assertThat(store.page(query, 0, Integer.MAX_VALUE)).extracting(MemoryEntry::id).isEqualTo(ids);
    assertThat(store.count(query)).isEqualTo(ids.size());
    return ids;
  }
}
