package dev.memoryconsole.journal.postgres;

import dev.memoryconsole.journal.EntryChange;
import dev.memoryconsole.journal.EntryJournal;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.team.TeamRuns;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The entries of this machine's runs and of those that are shared. */
record EntriesOfBoth(EntryJournal local, EntryJournal shared) implements EntryJournal {
  private EntryJournal of(long run) {
    return TeamRuns.isShared(run) ? shared : local;
  }

  @Override
  public void append(long run, EntryChange change) {
    of(run).append(run, change);
  }

  @Override
  public void write(long run, List<EntryChange> changes) {
    of(run).write(run, changes);
  }

  @Override
  public void confirm(long run, List<EntryChange> changes) {
    of(run).confirm(run, changes);
  }

  @Override
  public void confirmAgain(long run, List<EntryChange> changes) {
    of(run).confirmAgain(run, changes);
  }

  @Override
  public int count(long run, Set<EntryState> states) {
    return of(run).count(run, states);
  }

  @Override
  public List<EntryProgress> left(long run, int afterPosition, int limit) {
    return of(run).left(run, afterPosition, limit);
  }

  @Override
  public List<EntryProgress> kept(long run, Collection<String> ids) {
    return of(run).kept(run, ids);
  }

  @Override
  public List<EntryProgress> planned(long run, int from, int to) {
    return of(run).planned(run, from, to);
  }

  @Override
  public List<EntryProgress> written(String store, long run, int afterPosition, int limit) {
    return of(run).written(store, run, afterPosition, limit);
  }

  @Override
  public List<EntryProgress> undone(String store, long run, int afterPosition, int limit) {
    return of(run).undone(store, run, afterPosition, limit);
  }

  @Override
  public List<String> writtenIds(long run) {
    return of(run).writtenIds(run);
  }

  @Override
  public List<EntryProgress> leftOver(String store, long run, int afterPosition, int limit) {
    return of(run).leftOver(store, run, afterPosition, limit);
  }

  @Override
  public List<String> retryableIds(String store, long run) {
    return of(run).retryableIds(store, run);
  }

  @Override
  public Set<String> failedIds(String store) {
    Set<String> failed = new HashSet<>(local.failedIds(store));
    failed.addAll(shared.failedIds(store));
    return failed;
  }

  @Override
  public List<EntryRecord> list(long run, Set<EntryState> states, int offset, int limit) {
    return of(run).list(run, states, offset, limit);
  }

  @Override
  public List<EntryRecord> at(long run, List<Integer> positions) {
    return of(run).at(run, positions);
  }

  @Override
  public List<EntryRecord> finished(long run, long fromMillis, long toMillis) {
    return of(run).finished(run, fromMillis, toMillis);
  }

  /** Newest first; what is under way before what is over. */
  @Override
  public List<EntryRecord> history(String store, String id) {
    return Stream.concat(local.history(store, id).stream(), shared.history(store, id).stream())
        .sorted(
            Comparator.comparing(
                    EntryRecord::finishedAt, Comparator.nullsLast(Comparator.<Long>naturalOrder()))
                .reversed())
        .toList();
  }
}
