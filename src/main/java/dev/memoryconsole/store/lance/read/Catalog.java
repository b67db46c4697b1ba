package dev.memoryconsole.store.lance.read;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.store.facet.TimeCounts;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.Handles;
import dev.memoryconsole.store.lance.table.Scans;
import dev.memoryconsole.store.lance.table.Shape;
import dev.memoryconsole.store.lance.table.TableColumns;
import dev.memoryconsole.store.lance.table.VanishedException;
import dev.memoryconsole.store.scan.Row;
import dev.memoryconsole.store.scan.RowSelection;
import dev.memoryconsole.store.scan.RowTotals;
import dev.memoryconsole.store.scan.SortText;
import dev.memoryconsole.store.scan.TextSelection;
import dev.memoryconsole.store.scan.TimeTally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;

/**
 * All rows of the table by what filters, orders and totals need of them, kept from version to
 * version: only fragments that are new are read, and of those that lost rows which are left. The
 * texts are not kept; a search reads them.
 *
 * <p>About 200 bytes a row. Not thread-safe: its owner lets one thread in at a time.
 */
public final class Catalog implements AutoCloseable {
  private static final int MOST_ANSWERS = 8;

  private final Admission admission;
  private final Shape shape;
  private final Map<EntryQuery, List<Row>> answers = new LinkedHashMap<>(MOST_ANSWERS, 1, true);
  private Map<Integer, FragmentRows> fragments = new LinkedHashMap<>();
  private Dataset dataset;
  private long version = -1;

  /** Reads from a dataset that is this catalog's own from now on. */
  public Catalog(Dataset dataset, Admission admission, Shape shape) {
    this.dataset = dataset;
    this.admission = admission;
    this.shape = shape;
  }

  /** Goes to the latest version, whoever wrote it. */
  public void refresh() throws Exception {
    admission.toLatest(dataset);
    follow();
  }

  /**
   * Goes to this version, even if it is the latest no more.
   *
   * @throws VanishedException if it is not kept any more
   */
  public void goTo(long wanted) throws Exception {
    admission.toLatest(dataset);
    if (dataset.version() != wanted) {
      admission.admit(wanted);
      Dataset then = Handles.at(dataset, wanted);
      dataset.close();
      dataset = then;
    }
    follow();
  }

  private void follow() throws Exception {
    long latest = dataset.version();
    if (latest != version) {
      fragments = current();
      version = latest;
      answers.clear();
    }
  }

  private Map<Integer, FragmentRows> current() throws Exception {
    Map<Integer, FragmentMetadata> fresh = new LinkedHashMap<>();
    Map<Integer, FragmentMetadata> thinned = new LinkedHashMap<>();
    Map<Integer, FragmentRows> now = new LinkedHashMap<>();
    for (Fragment fragment : dataset.getFragments()) {
      FragmentMetadata metadata = fragment.metadata();
      FragmentRows known = fragments.get(metadata.getId());
      if (known == null || !known.isOf(metadata)) {
        fresh.put(metadata.getId(), metadata);
        now.put(metadata.getId(), FragmentRows.of(metadata, List.of()));
      } else {
        if (!known.hasDeletionsOf(metadata)) {
          thinned.put(metadata.getId(), metadata);
        }
        now.put(metadata.getId(), known);
      }
    }
    fresh.putAll(thin(thinned, now));
    read(fresh, now);
    return now;
  }

  private void read(Map<Integer, FragmentMetadata> fresh, Map<Integer, FragmentRows> into)
      throws Exception {
    if (fresh.isEmpty()) {
      return;
    }
    Map<Integer, List<Row>> rows = new HashMap<>();
    Map<String, String> interned = new HashMap<>();
    scan(
        fresh,
        shape.ofRow(),
        batch -> {
          for (int i = 0; i < batch.getRowCount(); i++) {
            String id = TableColumns.text(batch, TableColumns.ID, i);
            // A row without an id can neither be found nor written.
            if (id != null) {
              Row row = row(batch, i, id, interned);
              rows.computeIfAbsent(fragmentOf(row), key -> new ArrayList<>()).add(row);
            }
          }
        });
    fresh.forEach(
        (number, fragment) ->
            into.put(number, FragmentRows.of(fragment, rows.getOrDefault(number, List.of()))));
  }

  private static int fragmentOf(Row row) {
    return (int) (row.address() >>> Integer.SIZE);
  }

  private static Row row(VectorSchemaRoot batch, int i, String id, Map<String, String> interned) {
    String category = one(interned, TableColumns.text(batch, TableColumns.CATEGORY, i));
    Double importance = TableColumns.number(batch, TableColumns.IMPORTANCE, i);
    return new Row(
        id,
        category,
        one(interned, TableColumns.text(batch, TableColumns.SCOPE, i)),
        importance == null ? Double.NEGATIVE_INFINITY : importance,
        Row.millis(TableColumns.whole(batch, i)),
        LegacyRule.traitsOf(id, category, TableColumns.text(batch, TableColumns.METADATA, i)),
        TableColumns.address(batch, i));
  }

  private static @Nullable String one(Map<String, String> interned, @Nullable String value) {
    return value == null ? null : interned.computeIfAbsent(value, same -> same);
  }

  /** Takes out what was deleted; answers which fragments got rows back, as by a restore. */
  private Map<Integer, FragmentMetadata> thin(
      Map<Integer, FragmentMetadata> thinned, Map<Integer, FragmentRows> into) throws Exception {
    Map<Integer, FragmentMetadata> fuller = new HashMap<>();
    if (thinned.isEmpty()) {
      return fuller;
    }
    Map<Integer, BitSet> left = new HashMap<>();
    scan(
        thinned,
        List.of(),
        batch -> {
          for (int i = 0; i < batch.getRowCount(); i++) {
            long address = TableColumns.address(batch, i);
            left.computeIfAbsent((int) (address >>> Integer.SIZE), key -> new BitSet())
                .set((int) address);
          }
        });
    thinned.forEach(
        (number, fragment) -> {
          BitSet places = left.getOrDefault(number, new BitSet());
          FragmentRows known = into.get(number);
          if (known != null) {
            FragmentRows now = known.with(fragment, places);
            into.put(number, now);
            if (now.rows().size() < places.cardinality()) {
              fuller.put(number, fragment);
            }
          }
        });
    return fuller;
  }

  private void scan(Map<Integer, FragmentMetadata> some, List<String> columns, Scans.Batch batch)
      throws Exception {
    Scans.scan(
        dataset,
        Scans.options()
            .fragmentIds(List.copyOf(some.keySet()))
            .columns(columns)
            .withRowAddress(true)
            .build(),
        batch);
  }

  /** The rows that match, in the query's order. */
  public List<Row> matching(EntryQuery query) throws Exception {
    List<Row> known = answers.get(query);
    if (known != null) {
      return known;
    }
    TextSelection texts = new TextSelection(query);
    Set<Long> withTexts = texts.isAny() ? null : holding(texts);
    List<Row> matching = new ArrayList<>();
    for (FragmentRows fragment : fragments.values()) {
      Cancellation.check();
      for (Row row : fragment.rows()) {
        if (RowSelection.matches(row, query)
            && (withTexts == null || withTexts.contains(row.address()))) {
          matching.add(row);
        }
      }
    }
    matching.sort(RowSelection.order(query, sortedBy(query.sort())));
    if (answers.size() == MOST_ANSWERS) {
      answers.remove(answers.keySet().iterator().next());
    }
    answers.put(query, matching);
    return matching;
  }

  /** These rows of the version the answers come from. */
  public List<MemoryEntry> entries(List<Row> rows) throws Exception {
    Map<String, Deque<MemoryEntry>> found = new HashMap<>();
    for (MemoryEntry entry : Scans.byIds(dataset, shape, rows.stream().map(Row::id).toList())) {
      found.computeIfAbsent(entry.id(), id -> new ArrayDeque<>(1)).add(entry);
    }
    List<MemoryEntry> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      MemoryEntry entry = found.getOrDefault(row.id(), new ArrayDeque<>(0)).poll();
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** Counts all rows by state, category and scope. */
  public StoreStats totals() {
    RowTotals totals = new RowTotals();
    fragments.values().forEach(fragment -> fragment.rows().forEach(totals::add));
    return totals.stats();
  }

  /** Counts all rows between times, which rise: milliseconds since 1970. */
  public TimeCounts times(List<Long> edges) {
    TimeTally times = new TimeTally(edges);
    fragments.values().forEach(fragment -> fragment.rows().forEach(row -> times.add(row.millis())));
    return times.counts();
  }

  private Set<Long> holding(TextSelection texts) throws Exception {
    Set<Long> found = new HashSet<>();
    Scans.scan(
        dataset,
        Scans.options().columns(shape.searched()).withRowAddress(true).build(),
        batch -> {
          for (int i = 0; i < batch.getRowCount(); i++) {
            if (texts.holds(
                TableColumns.text(batch, TableColumns.ID, i),
                TableColumns.text(batch, TableColumns.TEXT, i),
                TableColumns.text(batch, TableColumns.METADATA, i))) {
              found.add(TableColumns.address(batch, i));
            }
          }
        });
    return found;
  }

  /** What rows do not hold of what they are sorted by, by address. */
  private Map<Long, String> sortedBy(EntryQuery.Sort sort) throws Exception {
    return switch (sort) {
      case TEXT -> column(TableColumns.TEXT, SortText::ofText);
      case TIER -> column(TableColumns.METADATA, SortText::tierOf);
      case TIME, ID, CATEGORY, SCOPE, IMPORTANCE, STATE -> Map.of();
    };
  }

  private Map<Long, String> column(String column, Function<String, @Nullable String> part)
      throws Exception {
    Map<Long, String> parts = new HashMap<>();
    if (!shape.has(column)) {
      return parts;
    }
    Map<String, String> interned = new HashMap<>();
    Scans.scan(
        dataset,
        Scans.options().columns(List.of(column)).withRowAddress(true).build(),
        batch -> {
          for (int i = 0; i < batch.getRowCount(); i++) {
            String value = TableColumns.text(batch, column, i);
            String known = one(interned, value == null ? null : part.apply(value));
            if (known != null) {
              parts.put(TableColumns.address(batch, i), known);
            }
          }
        });
    return parts;
  }

  @Override
  public void close() {
    dataset.close();
  }
}
