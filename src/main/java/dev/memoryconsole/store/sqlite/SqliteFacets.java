package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.store.UseUntilClosed;
import dev.memoryconsole.store.facet.Facets;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.MetadataCounts;
import dev.memoryconsole.store.facet.MetadataTally;
import dev.memoryconsole.store.facet.TimeCounts;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.read.FacetSql;
import java.util.List;

/** Counts the memories of a file by what they say about themselves. Thread-safe. */
record SqliteFacets(StoreFile file, UseUntilClosed use) implements Facets {
  @Override
  public TimeCounts byTime(List<Long> edges) {
    List<Long> counts = counting((connection, layout) -> FacetSql.times(connection, layout, edges));
    return new TimeCounts(edges, counts.subList(0, edges.size() + 1), counts.getLast());
  }

  @Override
  public MetadataCounts byMetadata() {
    return counting(
        (connection, layout) -> {
          MetadataTally tally = new MetadataTally();
          FacetSql.metadata(connection, layout, tally);
          return tally.counts();
        });
  }

  @Override
  public List<LargeMemory> largest(int most) {
    return counting((connection, layout) -> FacetSql.largest(connection, layout, most));
  }

  private <T> T counting(StoreFile.Query<T> query) {
    return use.run(() -> file.read(SqliteCode.COUNTING, query));
  }
}
