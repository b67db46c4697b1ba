package dev.memoryconsole.store.postgres;

import dev.memoryconsole.store.UseUntilClosed;
import dev.memoryconsole.store.facet.Facets;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.MetadataCounts;
import dev.memoryconsole.store.facet.TimeCounts;
import dev.memoryconsole.store.postgres.connection.Connections;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import dev.memoryconsole.store.postgres.read.FacetScans;
import java.util.List;

/** Counts the memories of a table by what they say about themselves. Thread-safe. */
record PostgresFacets(UseUntilClosed use, Connections connections, FacetScans scans)
    implements Facets {
  @Override
  public TimeCounts byTime(List<Long> edges) {
    return reading(connection -> scans.byTime(connection, edges));
  }

  @Override
  public MetadataCounts byMetadata() {
    return reading(scans::byMetadata);
  }

  @Override
  public List<LargeMemory> largest(int most) {
    return reading(connection -> scans.largest(connection, most));
  }

  private <T> T reading(Connections.Work<T> work) {
    return use.run(() -> connections.read(PostgresCode.COUNTING, work));
  }
}
