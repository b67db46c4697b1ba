package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.query.QueryKeys;
import dev.memoryconsole.ui.entries.rows.Rows;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of the memories screen, for what is done with them. */
final class TableRows implements Rows {
  private final EntriesViewModel model;
  private final Runnable open;

  TableRows(EntriesViewModel model, Runnable open) {
    this.model = model;
    this.open = open;
  }

  @Override
  public @Nullable MemoryEntry current() {
    MemoryRow row = model.current().get();
    return row == null ? null : row.entry();
  }

  @Override
  public long chosen() {
    return model.selection().size().get();
  }

  @Override
  public boolean isChosen(String id) {
    return model.selection().contains(id);
  }

  @Override
  public boolean isAllChosen() {
    return model.selection().isAllMatching();
  }

  @Override
  public List<String> chosenIds() {
    return model.selection().ids();
  }

  @Override
  public long matching() {
    return model.matching().get();
  }

  @Override
  public EntryQuery query() {
    return model.query();
  }

  @Override
  public void toggle(String id) {
    model.selection().toggle(id);
  }

  @Override
  public void only(String key, Collection<String> values) {
    if (key.equals(QueryKeys.SCOPE)) {
      model.filter().scopes(Set.copyOf(values));
    } else {
      model.filter().categories(Set.copyOf(values));
    }
  }

  @Override
  public void open() {
    open.run();
  }
}
