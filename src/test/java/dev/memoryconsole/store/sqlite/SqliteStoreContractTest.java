package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.MemoryStoreContractTest;
import java.nio.file.Path;

class SqliteStoreContractTest extends MemoryStoreContractTest {
  @Override
  protected MemoryStore create(Path directory) {
    return SqliteStore.create(directory.resolve("memories.db"));
  }

  @Override
  protected MemoryStore openAgain(MemoryStore same) {
    return SqliteStore.open(same.path());
  }
}
