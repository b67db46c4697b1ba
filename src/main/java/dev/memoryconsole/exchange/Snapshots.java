package dev.memoryconsole.exchange;

import dev.memoryconsole.files.FileMutex;
import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.settings.PrivateFolder;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.Restorable;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.SnapshotTaker;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.upgrade.RestorePlan;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of stores, in one folder for each store. Safe for use by many threads and
 * processes: those of one store are taken and restored one after the other.
 */
public final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  static final String UNFINISHED = ".tmp";
  private static final String LOCK = ".lock";
  private static final int HASH_BYTES = 6;

  private final Path root;
  private final Clock clock;
  private final Supplier<Retention> retention;
  private final BiPredicate<StoreLocation, Path> kept;

  /**
   * Keeps snapshots in a folder of folders, which is made when the first one is taken.
   *
   * @param clock tells when a snapshot is taken
   * @param retention what is kept; asked anew whenever a snapshot was taken
   */
  public Snapshots(Path root, Clock clock, Supplier<Retention> retention) {
    this(root, clock, retention, (store, file) -> true);
  }

  /**
   * Keeps snapshots of which some are only names of what the store itself keeps.
   *
   * @param kept whether a store still keeps what a snapshot's file names; told from files alone
   */
  public Snapshots(
      Path root,
      Clock clock,
      Supplier<Retention> retention,
      BiPredicate<StoreLocation, Path> kept) {
    this.kept = kept;
    this.root = root;
    this.clock = clock;
    this.retention = retention;
  }

  /** The folder of a store's snapshots, whether or not there are any. */
  public Path folderOf(StoreLocation store) {
    StoreLocation real = store.canonical();
    String name = real.name().replaceAll("[^A-Za-z0-9._-]", "_");
    return root.resolve(name + "-" + hash(real.key()));
  }

  /** When the snapshot with this name was taken; empty if that is no name of a snapshot. */
  public static Optional<Instant> timeOf(String name) {
    return SnapshotName.timeOf(name + Snapshot.ENDING);
  }

  /**
   * The snapshots of a store, which need not be there any more, newest first.
   *
   * @throws ExchangeException if their folder can't be read
   */
  public List<Snapshot> list(StoreLocation store) {
    try {
      return inFolder(folderOf(store)).stream()
          .map(snapshot -> snapshot.withKept(kept.test(store, snapshot.file())))
          .toList();
    } catch (IOException e) {
      throw new ExchangeException(ExchangeCode.NOT_LISTED.with(folderOf(store)), e);
    }
  }

  /**
   * The snapshots of a store that were taken before a time, newest first: what was deleted then may
   * be in them.
   *
   * @param millis milliseconds since 1970
   */
  public List<Snapshot> before(StoreLocation store, long millis) {
    return list(store).stream().filter(snapshot -> snapshot.isBefore(millis)).toList();
  }

  /**
   * One snapshot of a store by its name.
   *
   * @throws ExchangeException if there is none with that name
   */
  public Snapshot find(StoreLocation store, String name) {
    return list(store).stream()
        .filter(snapshot -> snapshot.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new ExchangeException(ExchangeCode.NO_SNAPSHOT.with(name, store.toString())));
  }

  /**
   * What a snapshot takes now; empty if the store can't be copied, or a snapshot of it is a name.
   */
  public Optional<SnapshotTaker.Room> room(MemoryStore store) {
    if (!(store instanceof Restorable restorable)) {
      return Optional.empty();
    }
    long bytes = restorable.snapshotBytes();
    if (bytes == 0) {
      return Optional.empty();
    }
    Path there = root.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return Optional.of(new SnapshotTaker.Room(bytes, root, there.toFile().getUsableSpace()));
  }

  /**
   * Takes a snapshot, and removes those that are no longer kept.
   *
   * @param run the run it is taken before; 0 if somebody asks for it
   * @throws StoreException if it can't be taken; no part of it is left
   * @throws InterruptedException if interrupted; no part of it is left
   */
  public Snapshot take(MemoryStore store, long run, SnapshotProgress progress)
      throws InterruptedException {
    Snapshot.Cause cause = run == 0 ? Snapshot.Cause.MANUAL : Snapshot.Cause.RUN;
    Snapshot taken = alone(store, folder -> copy(store, folder, cause, run, progress));
    prune();
    return taken;
  }

  /**
   * Brings back what is in a snapshot, after a snapshot of what is there now; a run of its own.
   * Both snapshots are kept until another one is restored.
   *
   * @return the snapshot of the state before, with which the restore can be taken back
   * @throws ExchangeException if what the snapshot names is not kept any more; the store is as it
   *     was
   * @throws StoreException if either can't be done; the store is as it was
   * @throws dev.memoryconsole.journal.JournalException if a run of the store is at work in any
   *     process; the store is as it was
   * @throws InterruptedException if interrupted in time; the store is as it was
   */
  public Snapshot restore(Upgrades open, Snapshot snapshot, SnapshotProgress progress)
      throws InterruptedException {
    if (!snapshot.kept()) {
      throw new ExchangeException(ExchangeCode.SNAPSHOT_GONE.with(snapshot.name()));
    }
    Snapshot before = alone(open.store(), folder -> restore(open, folder, snapshot, progress));
    prune();
    return before;
  }

  private Snapshot restore(Upgrades open, Path folder, Snapshot snapshot, SnapshotProgress progress)
      throws IOException, InterruptedException {
    Instant takenAt = nextAfter(inFolder(folder));
    Path file = folder.resolve(SnapshotName.of(takenAt, Snapshot.Cause.RESTORE, 0));
    Snapshot safety = new Snapshot(file, takenAt, Snapshot.Cause.RESTORE, 0, 0);
    KeptSnapshots kept = KeptSnapshots.in(folder);
    Set<String> before = kept.names();
    Set<String> now = Set.of(nameOf(snapshot.file()), nameOf(file));
    // A kill may leave it so: what either restore needs is kept.
    Set<String> both = new LinkedHashSet<>(before);
    both.addAll(now);
    kept.replace(both);
    boolean restored = false;
    try {
      open.restore(
          new RestorePlan(snapshot.file(), snapshot.name(), file, safety.name()), progress);
      restored = true;
    } finally {
      if (restored || !Files.exists(file)) {
        keepOnly(kept, restored ? now : before);
      }
    }
    return new Snapshot(file, takenAt, Snapshot.Cause.RESTORE, 0, file.toFile().length());
  }

  // Too many stay if that fails: nothing that the outcome of a restore depends on.
  private static void keepOnly(KeptSnapshots kept, Set<String> names) {
    try {
      kept.replace(names);
    } catch (IOException e) {
      LOG.warn("More snapshots than need be are kept", e);
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  private interface Work {
    Snapshot in(Path folder) throws IOException, InterruptedException;
  }

  private Snapshot alone(MemoryStore store, Work work) throws InterruptedException {
    Path folder = folderOf(store.location());
    try {
      PrivateFolder.create(root);
      PrivateFolder.create(folder);
      try (FileMutex _ = FileMutex.lock(folder.resolve(LOCK))) {
        sweep(folder);
        return work.in(folder);
      }
    } catch (IOException e) {
      throw new ExchangeException(ExchangeCode.NOT_KEPT.with(folder), e);
    }
  }

  private Snapshot copy(
      MemoryStore store, Path folder, Snapshot.Cause cause, long run, SnapshotProgress progress)
      throws IOException, InterruptedException {
    Instant takenAt = nextAfter(inFolder(folder));
    Path target = folder.resolve(SnapshotName.of(takenAt, cause, run));
    Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
    Restorable.of(store).snapshotTo(unfinished, progress);
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    return new Snapshot(target, takenAt, cause, run, Files.size(target));
  }

  // Later than all others even if the clock was set back: else the newest would be the first to go.
  private Instant nextAfter(List<Snapshot> newestFirst) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (newestFirst.isEmpty() || newestFirst.getFirst().takenAt().isBefore(now)) {
      return now;
    }
    return newestFirst.getFirst().takenAt().plusMillis(1);
  }

  /** Removes what killed processes left: whoever has the folder's lock has nothing unfinished. */
  private static void sweep(Path folder) throws IOException {
    for (Path file : files(folder)) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(UNFINISHED) || name.contains(UNFINISHED + "-")) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Removes what is no longer kept. Nothing depends on it, so that a failure is only logged. */
  private void prune() {
    try {
      List<List<Snapshot>> stores = new ArrayList<>();
      Set<Path> kept = new HashSet<>();
      for (Path folder : files(root)) {
        if (Files.isDirectory(folder)) {
          stores.add(inFolder(folder));
          for (String name : KeptSnapshots.in(folder).names()) {
            kept.add(folder.resolve(name));
          }
        }
      }
      for (Snapshot snapshot : retention.get().surplus(stores, kept)) {
        if (remove(snapshot.file())) {
          LOG.info("The snapshot {} is no longer kept", snapshot.file());
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Old snapshots in {} can't be removed", root, e);
    }
  }

  /** Leaves it to the next if somebody is at work on the store's snapshots now. */
  private static boolean remove(Path file) throws IOException {
    Optional<FileMutex> free = FileMutex.tryLock(file.resolveSibling(LOCK));
    if (free.isEmpty()) {
      return false;
    }
    try (FileMutex _ = free.get()) {
      return !KeptSnapshots.beside(file).names().contains(nameOf(file))
          && OpenDatabases.whileClosed(file, () -> Files.deleteIfExists(file));
    }
  }

  private static List<Snapshot> inFolder(Path folder) throws IOException {
    return files(folder).stream()
        .map(SnapshotName::read)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(Snapshot::takenAt).reversed())
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
  }

  private static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
