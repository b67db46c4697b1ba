package dev.memoryconsole.app;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Path;

/** Stores in a file of SQLite. */
final class SqliteKind implements StoreKind.Making {
  /** Any path: what is no store is refused in words about files. */
  @Override
  public boolean has(StoreLocation location) {
    return location instanceof StoreLocation.OnDisk;
  }

  @Override
  public MemoryStore open(StoreLocation location) {
    return SqliteStore.open(path(location));
  }

  @Override
  public boolean makes(StoreLocation location) {
    return has(location);
  }

  @Override
  public MemoryStore create(StoreLocation location) {
    return SqliteStore.create(path(location));
  }

  private static Path path(StoreLocation location) {
    return ((StoreLocation.OnDisk) location).path();
  }
}
