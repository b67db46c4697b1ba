package dev.memoryconsole.app;

import dev.memoryconsole.app.server.Databases;
import dev.memoryconsole.app.server.TypedPasswords;
import dev.memoryconsole.settings.openclaw.OpenClawReader;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreKind;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.insert.NewStore;
import dev.memoryconsole.store.lance.LanceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of store that this program knows. Thread-safe. */
final class Stores {
  private final LanceKind.Settings plugin;
  private final UnaryOperator<@Nullable String> environment;
  private final TypedPasswords typed;
  private final PostgresKind postgres;
  private final List<StoreKind> kinds;

  /** Opens stores of this machine, with OpenClaw's configuration where OpenClaw looks for it. */
  Stores(Clock clock) {
    this(clock, OpenClawReader.standardFile(), System::getenv);
  }

  /**
   * Opens stores with OpenClaw's configuration elsewhere.
   *
   * @param openClaw OpenClaw's configuration, which need not be there
   * @param environment looks up variables
   */
  Stores(Clock clock, Path openClaw, UnaryOperator<@Nullable String> environment) {
    this(
        new LanceKind.Settings(
            clock,
            new PluginLocks(openClaw, environment),
            PluginLock.AUTO,
            LanceOptions.PATIENCE,
            LanceOptions.LOOKS),
        environment,
        new TypedPasswords());
  }

  private Stores(
      LanceKind.Settings plugin,
      UnaryOperator<@Nullable String> environment,
      TypedPasswords typed) {
    this.plugin = plugin;
    this.environment = environment;
    this.typed = typed;
    this.postgres = new PostgresKind(plugin.clock(), plugin.patience(), environment, typed);
    // The first that says it has a location opens it.
    this.kinds = List.of(postgres, new LanceKind(plugin), new SqliteKind());
  }

  /** Tables on servers, before one is opened. */
  Databases databases() {
    return new Databases(postgres.options(), typed);
  }

  /** Waits for a lock no longer than this. */
  Stores patient(Duration atMost) {
    return new Stores(
        new LanceKind.Settings(
            plugin.clock(), plugin.locks(), plugin.said(), atMost, plugin.looks()),
        environment,
        typed);
  }

  /** Looks at what a run wrote again at these times after its end. */
  Stores looking(List<Duration> after) {
    return new Stores(
        new LanceKind.Settings(
            plugin.clock(), plugin.locks(), plugin.said(), plugin.patience(), after),
        environment,
        typed);
  }

  /** Believes an admin who says which lock the plugin takes. */
  Stores lockingBy(PluginLock lock) {
    return new Stores(
        new LanceKind.Settings(
            plugin.clock(), plugin.locks(), lock, plugin.patience(), plugin.looks()),
        environment,
        typed);
  }

  /**
   * Opens an existing store.
   *
   * @throws StoreException if there is none
   */
  MemoryStore open(StoreLocation location) {
    return kinds.stream()
        .filter(kind -> kind.has(location))
        .findFirst()
        .orElseThrow(() -> unknown(location))
        .open(location);
  }

  /**
   * Makes an empty store and opens it.
   *
   * @throws StoreException if none can be made there
   */
  MemoryStore create(StoreLocation location) {
    return making(location).create(location);
  }

  /**
   * Begins a store that is made of rows at one go.
   *
   * @return empty if something is there, or if rows are to be added to an empty store
   * @throws StoreException if none can be made there
   */
  Optional<NewStore> begin(StoreLocation location) throws InterruptedException {
    StoreKind.Making kind = making(location);
    return kind.isMissing(location) ? kind.begin(location) : Optional.empty();
  }

  private StoreKind.Making making(StoreLocation location) {
    return makingKinds()
        .filter(kind -> kind.makes(location))
        .findFirst()
        .orElseThrow(() -> unknown(location));
  }

  private Stream<StoreKind.Making> makingKinds() {
    return kinds.stream()
        .filter(StoreKind.Making.class::isInstance)
        .map(StoreKind.Making.class::cast);
  }

  /** Opens a store, and makes one if there is nothing yet. */
  MemoryStore openOrCreate(StoreLocation location) {
    boolean missing =
        makingKinds()
            .filter(kind -> kind.makes(location))
            .findFirst()
            .filter(kind -> kind.isMissing(location))
            .isPresent();
    return missing ? create(location) : open(location);
  }

  /** Whether there is nothing at a path; a server is not asked. */
  static boolean isMissing(StoreLocation location) {
    return location instanceof StoreLocation.OnDisk(Path path) && !Files.exists(path);
  }

  /** The whole store where a location names a part of one, which need not be there. */
  StoreLocation whole(StoreLocation location) {
    return kinds.stream().reduce(location, (named, kind) -> kind.whole(named), (one, _) -> one);
  }

  /** Whether a store still keeps what one of its snapshots names. Told from files alone. */
  boolean keeps(StoreLocation store, Path snapshot) {
    return kinds.stream().allMatch(kind -> kind.keeps(store, snapshot));
  }

  private static StoreException unknown(StoreLocation location) {
    return new StoreException(AppCode.UNKNOWN_SERVER.with(location.toString()));
  }
}
