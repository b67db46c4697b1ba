package dev.memoryconsole.store.postgres;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.LockWaits;
import dev.memoryconsole.lock.TellsWaits;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.OtherWriters;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.UseUntilClosed;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchReport;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowSwap;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.facet.Facets;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.connection.PostgresFailures;
import dev.memoryconsole.store.postgres.connection.Waiting;
import dev.memoryconsole.store.postgres.read.ChangeMarks;
import dev.memoryconsole.store.postgres.read.EstimatedTotal;
import dev.memoryconsole.store.postgres.read.FacetScans;
import dev.memoryconsole.store.postgres.read.Listing;
import dev.memoryconsole.store.postgres.read.OtherSessions;
import dev.memoryconsole.store.postgres.read.RowWaits;
import dev.memoryconsole.store.postgres.table.NewTable;
import dev.memoryconsole.store.postgres.table.TableLook;
import dev.memoryconsole.store.postgres.table.TableShape;
import dev.memoryconsole.store.postgres.write.PostgresWriter;
import dev.memoryconsole.store.postgres.write.RowLocks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Memories in a table of PostgreSQL, or of a database that speaks like it, which agents on many
 * machines read and write at the same time; the table is a documented contract ({@code
 * src/docs/postgres-store.md}).
 *
 * <p>Safe for use by many threads, virtual ones too. Readers never wait for writers; writers wait
 * only for those who write the same rows.
 */
public final class PostgresStore implements MemoryStore, RowInsertion, RowSwap, TellsWaits {
  private static final int INSERTED_AT_ONCE = 500;

  private final Connections connections;
  private final TableShape shape;
  private final LockMetrics metrics;
  private final RowLocks locks;
  private final PostgresWriter writer;
  private final Listing listing;
  private final ChangeMarks marks = new ChangeMarks();
  private final UseUntilClosed use = new UseUntilClosed(this::closed);
  private final OtherSessions others;

  private PostgresStore(Connections connections, TableShape shape, PostgresOptions options) {
    this.connections = connections;
    this.shape = shape;
    metrics = new LockMetrics(shape.address().location().key(), options.clock());
    metrics.waits().ask(this);
    locks = new RowLocks(connections, metrics, options.lockPatience());
    writer = new PostgresWriter(shape, locks);
    listing = new Listing(shape);
    others = new OtherSessions(connections);
  }

  /** Whether a location is one of a table in PostgreSQL; looks at its first word only. */
  public static boolean isOne(StoreLocation location) {
    return PostgresAddress.isOne(location);
  }

  /** What is done with connections before a store is there. */
  interface Before<T> {
    T with(Connections connections, Connection connection, PostgresAddress address)
        throws SQLException;
  }

  /** Connects and asks; keeps the connections if the answer is a store. */
  static <T> T connected(
      StoreLocation location, PostgresOptions options, PostgresCode doing, Before<T> work) {
    Connections connections = options.connect(location);
    PostgresAddress address = connections.address();
    boolean kept = false;
    try (Connection connection = connections.borrow()) {
      T result =
          Waiting.toTheEnd(
              () -> {
                TableLook.checkServer(connection, address);
                return work.with(connections, connection, address);
              });
      kept = result instanceof PostgresStore;
      return result;
    } catch (SQLException failure) {
      throw PostgresFailures.of(address, doing, failure);
    } finally {
      if (!kept) {
        connections.close();
      }
    }
  }

  /**
   * Opens an existing table. Nothing is changed by that.
   *
   * @throws StoreException if the server is away or refuses it, or it is no table of memories
   */
  public static PostgresStore open(StoreLocation location, PostgresOptions options) {
    return connected(
        location,
        options,
        PostgresCode.OPENING,
        (connections, connection, address) -> opened(connections, connection, options));
  }

  private static PostgresStore opened(
      Connections connections, Connection connection, PostgresOptions options) throws SQLException {
    TableShape shape = TableLook.shape(connection, connections.address());
    connection.rollback();
    return new PostgresStore(connections, shape, options);
  }

  /**
   * Makes an empty table and opens it.
   *
   * @throws StoreException if there is something of that name, or none can be made
   */
  public static PostgresStore create(StoreLocation location, PostgresOptions options) {
    return connected(
        location,
        options,
        PostgresCode.CREATING,
        (connections, connection, address) -> {
          if (TableLook.isThere(connection, address)) {
            throw new StoreException(PostgresCode.EXISTS_ALREADY.with(address.toString()));
          }
          NewTable.make(connection, address);
          connection.commit();
          return opened(connections, connection, options);
        });
  }

  /**
   * Whether there is nothing where the table would be.
   *
   * @throws StoreException if the server is away or refuses to say
   */
  public static boolean isMissing(StoreLocation location, PostgresOptions options) {
    return connected(
        location,
        options,
        PostgresCode.OPENING,
        (connections, connection, address) -> {
          boolean there = TableLook.isThere(connection, address);
          connection.rollback();
          return !there;
        });
  }

  @Override
  public StoreLocation location() {
    return shape.address().location();
  }

  @Override
  public boolean isAt(StoreLocation place) {
    return PostgresAddress.isOne(place)
        && PostgresAddress.of(place, shape.address().user()).isSamePlace(shape.address());
  }

  @Override
  public String kind() {
    return "PostgreSQL";
  }

  @Override
  public List<MemoryEntry> page(EntryQuery query, int offset, int limit) {
    return reading(connection -> listing.page(connection, query, offset, limit));
  }

  @Override
  public List<String> ids(EntryQuery query, int limit) {
    return reading(connection -> listing.ids(connection, query, 0, limit));
  }

  @Override
  public List<String> list(EntryQuery query, int first, Consumer<List<MemoryEntry>> onFirst) {
    List<MemoryEntry> beginning =
        reading(connection -> listing.beginning(connection, query, first));
    if (!beginning.isEmpty()) {
      onFirst.accept(beginning);
    }
    return reading(connection -> listing.all(connection, query));
  }

  @Override
  public Optional<Message> writeRefusal() {
    return Optional.ofNullable(shape.refusal());
  }

  @Override
  public long count(EntryQuery query) {
    return use.run(
        () ->
            connections.read(
                PostgresCode.COUNTING, connection -> listing.count(connection, query)));
  }

  @Override
  public List<MemoryEntry> find(Collection<String> ids) {
    return reading(connection -> listing.find(connection, ids));
  }

  /** Of transactions by whomever and in whatever table; always the same where nobody tells. */
  @Override
  public long changeMark() {
    return use.run(() -> marks.now(connections));
  }

  @Override
  public OtherWriters otherWriters() {
    return others.now();
  }

  @Override
  public Duration othersLookAgain() {
    return Duration.ZERO;
  }

  /** More rows at once make an upgrade no faster: a commit costs little more than a row. */
  @Override
  public int gentleHoldMillis() {
    return 3;
  }

  @Override
  public LockWaits waits() {
    return connections.readBeside(PostgresCode.READING, RowWaits::now);
  }

  @Override
  public StoreStats stats() {
    return use.run(() -> connections.read(PostgresCode.COUNTING, listing::totals));
  }

  @Override
  public OptionalLong estimatedTotal() {
    return reading(connection -> EstimatedTotal.of(connection, shape));
  }

  @Override
  public Optional<Message> remainsOfDeleted() {
    return Optional.of(PostgresCode.REMAINS_OF_DELETED.with(shape.name()));
  }

  @Override
  public Facets facets() {
    return new PostgresFacets(use, connections, new FacetScans(shape));
  }

  @Override
  public List<RowWrite> foresee(List<RowWrite> writes) {
    List<RowWrite> checked = PostgresWriter.checked(shape, writes);
    return checked.stream().anyMatch(RowWrite.Removal.class::isInstance)
        ? reading(connection -> PostgresWriter.foresee(connection, shape, checked))
        : checked;
  }

  @Override
  public PatchReport patch(List<String> ids, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    return writing(() -> writer.patch(ids, patch, purpose));
  }

  @Override
  public PatchResult swap(String id, BatchPatch patch, LockPurpose purpose)
      throws InterruptedException {
    return writing(() -> writer.swap(id, patch, purpose, row -> find(List.of(row))));
  }

  @Override
  public InsertReport insert(Collection<MemoryEntry> entries, ExistingRows existing)
      throws InterruptedException {
    InsertReport report = new InsertReport(0, 0, 0);
    List<MemoryEntry> all = new ArrayList<>(entries);
    for (int from = 0; from < all.size(); from += INSERTED_AT_ONCE) {
      List<MemoryEntry> some = all.subList(from, Math.min(all.size(), from + INSERTED_AT_ONCE));
      report = report.plus(writing(() -> writer.insert(some, existing)));
    }
    return report;
  }

  /** The connections, for what else is kept in the table's database; closed with the store. */
  public Connections connections() {
    return connections;
  }

  /** The table, in the schema where it was found. */
  public PostgresAddress address() {
    return shape.address();
  }

  @Override
  public LockMetrics lockMetrics() {
    return metrics;
  }

  private <T> T reading(Connections.Work<T> work) {
    return use.run(() -> connections.read(PostgresCode.READING, work));
  }

  private <T> T writing(UseUntilClosed.Work<T> work) throws InterruptedException {
    return use.runInterruptibly(
        () -> {
          Message refusal = shape.refusal();
          if (refusal != null) {
            throw new StoreUnavailableException(refusal);
          }
          return work.run();
        });
  }

  private StoreException closed() {
    return new StoreException(PostgresCode.CLOSED.with(shape.address().toString()));
  }

  /** Waits for what runs, up to ten seconds, and gives up what waits for a row. */
  @Override
  public void close() {
    locks.refuseFromNowOn();
    connections.refuseFromNowOn();
    use.close(Duration.ofSeconds(10), connections::close);
  }
}
