package dev.memoryconsole.store.postgres;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.FindContractTest;
import dev.memoryconsole.store.MemoryStore;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** A table finds what every store finds. */
@Tag("postgres")
class PostgresFindTest extends FindContractTest {
  private @Nullable PostgresEngine engine;

  @Override
  protected MemoryStore with(List<MemoryEntry> entries) throws Exception {
    PostgresEngine made = new PostgresEngine(metadata());
    engine = made;
    MemoryStore store = made.create(folder);
    made.add(store, entries);
    return store;
  }

  /** The type of the metadata. */
  String metadata() {
    return "jsonb";
  }

  @Override
  protected void addBeside(MemoryStore store, MemoryEntry entry) throws Exception {
    Objects.requireNonNull(engine).add(store, List.of(entry));
  }

  @AfterEach
  void drop() {
    Objects.requireNonNull(engine).close();
  }
}
