package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.ui.common.table.LazyList;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists of a run's entries, and what is read of them by their place. */
final class EntryLists {
  /** Stands in until an entry is loaded. */
  static final EntryRecord LOADING =
      new EntryRecord(
          0,
          -1,
          "",
          "…",
          EntryState.QUEUED,
          Message.NONE,
          0,
          0,
          null,
          null,
          null,
          ColumnValues.NONE,
          ColumnValues.NONE,
          0,
          null);

  private EntryLists() {}

  /** A list that is loaded whole. */
  static LazyList<EntryRecord> of(List<EntryRecord> all) {
    LazyList<EntryRecord> list = new LazyList<>(all.size(), LOADING, (from, count, done) -> {});
    for (int from = 0; from < all.size(); from += LazyList.PAGE) {
      list.seed(
          from / LazyList.PAGE, all.subList(from, Math.min(all.size(), from + LazyList.PAGE)));
    }
    return list;
  }

  /** The empty list. */
  static LazyList<EntryRecord> none() {
    return new LazyList<>(0, LOADING, (from, count, done) -> {});
  }

  /** The ids of those that were written of the entries at these places of a list. */
  static List<String> writtenOf(List<EntryRecord> batch, List<Integer> positions) {
    return positions.stream()
        .filter(at -> at < batch.size())
        .map(batch::get)
        .filter(one -> one.state().isWritten())
        .map(EntryRecord::id)
        .toList();
  }

  /**
   * The ids of those that were written of the entries at these places; some may never have been on
   * screen.
   */
  static List<String> writtenAt(
      Upgrades open, long run, Set<EntryState> wanted, List<Integer> positions) {
    Map<Integer, List<Integer>> byPage =
        positions.stream()
            .collect(
                Collectors.groupingBy(at -> at / LazyList.PAGE, TreeMap::new, Collectors.toList()));
    List<String> ids = new ArrayList<>();
    byPage.forEach(
        (page, wantedAt) -> {
          int from = page * LazyList.PAGE;
          List<EntryRecord> read = open.entries(run, wanted, from, LazyList.PAGE);
          for (int at : wantedAt) {
            if (at - from < read.size() && read.get(at - from).state().isWritten()) {
              ids.add(read.get(at - from).id());
            }
          }
        });
    return ids;
  }
}
