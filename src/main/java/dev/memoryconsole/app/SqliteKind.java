package dev.memoryconsole.app;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreKind;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.store.sqlite.NewSqliteStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.Optional;

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

  @Override
  public Optional<NewStore> begin(StoreLocation location) throws InterruptedException {
    return Optional.of(NewSqliteStore.begin(path(location)));
  }

  private static Path path(StoreLocation location) {
    return ((StoreLocation.OnDisk) location).path();
  }
}
