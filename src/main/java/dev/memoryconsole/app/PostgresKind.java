package dev.memoryconsole.app;

import dev.memoryconsole.app.server.TypedPasswords;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.settings.SystemKeychain;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreKind;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.store.postgres.NewPostgresStore;
import dev.memoryconsole.store.postgres.PostgresOptions;
import dev.memoryconsole.store.postgres.PostgresStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores in a table of PostgreSQL. */
final class PostgresKind implements StoreKind.Making {
  private static final String USER = "PGUSER";
  private static final String PASSWORD = "PGPASSWORD";

  private final PostgresOptions options;
  private final UnaryOperator<@Nullable String> environment;
  private final KeyLookup keys;
  private final TypedPasswords typed;

  /**
   * Opens stores with passwords that were typed, from these variables, the file that libpq reads,
   * or the keychain.
   *
   * @param patience how long a row that another transaction has locked is waited for
   */
  PostgresKind(
      Clock clock,
      Duration patience,
      UnaryOperator<@Nullable String> environment,
      TypedPasswords typed) {
    this.environment = environment;
    this.typed = typed;
    keys = new KeyLookup(environment, SystemKeychain.ofThisSystem());
    options =
        new PostgresOptions(
            patience,
            PostgresOptions.RECONNECTING,
            clock,
            Objects.requireNonNullElse(
                environment.apply(USER), System.getProperty("user.name", "postgres")),
            this::password);
  }

  /** How this kind's stores are opened. */
  PostgresOptions options() {
    return options;
  }

  private Optional<String> password(PostgresOptions.Login login) throws StoreException {
    if (login.keychain().isEmpty()) {
      return typed.find(login).or(() -> Optional.ofNullable(environment.apply(PASSWORD)));
    }
    String entry = login.keychain().get();
    try {
      return keys.find(KeySource.ofKeychain(entry)).map(Secret::reveal);
    } catch (KeySource.KeyNotFoundException e) {
      throw new StoreException(e.message(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(AppCode.KEYCHAIN_NOT_ASKED.with(), e);
    }
  }

  @Override
  public boolean has(StoreLocation location) {
    return PostgresStore.isOne(location);
  }

  @Override
  public MemoryStore open(StoreLocation location) {
    return PostgresStore.open(location, options);
  }

  @Override
  public boolean makes(StoreLocation location) {
    return has(location);
  }

  @Override
  public boolean isMissing(StoreLocation location) {
    return PostgresStore.isMissing(location, options);
  }

  @Override
  public MemoryStore create(StoreLocation location) {
    return PostgresStore.create(location, options);
  }

  @Override
  public Optional<NewStore> begin(StoreLocation location) {
    return Optional.of(NewPostgresStore.begin(location, options));
  }
}
