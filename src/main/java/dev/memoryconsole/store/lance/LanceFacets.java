package dev.memoryconsole.store.lance;

import dev.memoryconsole.store.UseUntilClosed;
import dev.memoryconsole.store.facet.Facets;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.MetadataCounts;
import dev.memoryconsole.store.facet.TimeCounts;
import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.read.FacetScans;
import dev.memoryconsole.store.lance.table.Admission;
import dev.memoryconsole.store.lance.table.LanceProblems;
import dev.memoryconsole.store.lance.table.PluginFolder;
import dev.memoryconsole.store.lance.table.Shape;
import java.util.List;
import java.util.concurrent.Callable;
import org.lance.Dataset;

/**
 * Counts the memories of a table by what they say about themselves. Times are told by the catalog;
 * for everything else the table is read, beside the catalog, so that nobody who lists memories
 * waits for it. Thread-safe.
 */
record LanceFacets(
    PluginFolder folder,
    UseUntilClosed use,
    Survey survey,
    Admission admission,
    Dataset lookup,
    Shape shape)
    implements Facets {
  private static final LanceCode COUNTING = LanceCode.COUNTING;

  @Override
  public TimeCounts byTime(List<Long> edges) {
    return reading(() -> survey.ofLatest(COUNTING, catalog -> catalog.times(edges)));
  }

  @Override
  public MetadataCounts byMetadata() {
    return reading(
        () -> {
          admission.toLatest(lookup);
          return FacetScans.metadata(lookup, shape);
        });
  }

  @Override
  public List<LargeMemory> largest(int most) {
    return reading(
        () -> {
          admission.toLatest(lookup);
          return FacetScans.largest(lookup, shape, most);
        });
  }

  private <T> T reading(Callable<T> work) {
    return use.run(() -> LanceProblems.again(folder, COUNTING, work));
  }
}
