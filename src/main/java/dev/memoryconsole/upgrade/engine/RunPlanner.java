package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.memory.ids.IdSet;
import dev.memoryconsole.mend.TextHash;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.upgrade.PlanReader;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.Preconditions;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.engine.run.KnownAnswers;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which entries a run would take, with the conditions that the run itself goes by. Writes
 * nothing. Thread-safe.
 */
final class RunPlanner {
  private static final int PAGE = 200;
  private static final int LEFT_PAGE = 1_000;

  private final MemoryStore store;
  private final Journal journal;
  private final RunSelection selection;
  private final KnownAnswers answers;

  RunPlanner(MemoryStore store, Journal journal, RunSelection selection, KnownAnswers answers) {
    this.store = store;
    this.journal = journal;
    this.selection = selection;
    this.answers = answers;
  }

  /** What a query chooses: for a run, or for telling only. */
  interface Finder {
    List<String> find(EntryQuery query, int limit);
  }

  PlannedRun matching(RunRequest.Matching wanted, Set<String> scopes, Finder finder) {
    EntryQuery asked = narrowed(wanted.query(), scopes);
    EntryQuery query = RunRequest.upgradable(asked);
    // Of a limit, what is left out by name takes no part.
    int most = (int) Math.min(Integer.MAX_VALUE, (long) wanted.limit() + wanted.except().size());
    IdList.Builder taken = new IdList.Builder();
    finder.find(query, most).stream()
        .filter(id -> !wanted.except().contains(id))
        .limit(wanted.limit())
        .forEachOrdered(taken::add);
    IdList ids = taken.build();
    long all = Math.min(wanted.limit(), Math.max(0, store.count(asked) - wanted.except().size()));
    Map<PlannedRun.State, Integer> counts = new EnumMap<>(PlannedRun.State.class);
    count(
        counts,
        asked.stamped() ? PlannedRun.State.POSSIBLY_LEGACY : PlannedRun.State.LEGACY,
        ids.size());
    count(counts, PlannedRun.State.UPGRADED, (int) Math.max(0, all - ids.size()));
    return new PlannedRun(
        wanted,
        asked.stamped() ? RunKind.STAMPED : RunKind.UPGRADE,
        scopes,
        true,
        Math.max(all, ids.size()),
        ids,
        answers.hashes(ids),
        counts);
  }

  private static EntryQuery narrowed(EntryQuery query, Set<String> scopes) {
    if (scopes.isEmpty()) {
      return query;
    }
    if (query.scopes().isEmpty()) {
      return query.withScopes(scopes);
    }
    Set<String> both = new LinkedHashSet<>(query.scopes());
    both.retainAll(scopes);
    return both.isEmpty() ? query.withIds(Set.of()) : query.withScopes(both);
  }

  private static void count(
      Map<PlannedRun.State, Integer> counts, PlannedRun.State state, int more) {
    if (more > 0) {
      counts.merge(state, more, Integer::sum);
    }
  }

  PlannedRun chosen(RunRequest.Chosen wanted, Set<String> scopes) {
    return unchecked(wanted, RunKind.UPGRADE, scopes, wanted.ids(), answers.hashes(wanted.ids()));
  }

  PlannedRun retry(RunRequest.Retry wanted, RunRecord record) {
    RunKind kind =
        switch (record.kind()) {
          case STAMPED, MEND -> record.kind();
          default -> RunKind.RETRY;
        };
    List<String> ids = journal.entries().retryableIds(record.store(), record.id());
    return unchecked(wanted, kind, record.scopes(), ids, Map.of());
  }

  PlannedRun retryAll(Set<String> scopes, String enricher, Finder finder) {
    return unchecked(
        new RunRequest.RetryAll(),
        RunKind.RETRY,
        scopes,
        selection.withFailed(finder.find(RunSelection.retryable(enricher), Integer.MAX_VALUE)),
        Map.of());
  }

  PlannedRun resume(RunRequest wanted, RunRecord record) {
    Map<String, String> kept = new HashMap<>();
    IdList.Builder ids = new IdList.Builder();
    List<EntryProgress> left = leftOver(record, -1);
    while (!left.isEmpty()) {
      for (EntryProgress entry : left) {
        ids.add(entry.id());
        String hash = entry.textHash();
        if (entry.state() == EntryState.ENRICHED && hash != null) {
          kept.put(entry.id(), hash);
        } else if (entry.state() == EntryState.COMMITTING) {
          // Whether its write took effect is told by the row, whatever it looks like now.
          kept.put(entry.id(), "");
        }
      }
      left = leftOver(record, left.getLast().position());
    }
    return unchecked(wanted, record.kind(), record.scopes(), ids.build(), kept);
  }

  private List<EntryProgress> leftOver(RunRecord record, int afterPosition) {
    return journal.entries().leftOver(record.store(), record.id(), afterPosition, LEFT_PAGE);
  }

  private static boolean enriches(RunKind kind) {
    return kind != RunKind.UNDO && kind != RunKind.MEND;
  }

  private static PlannedRun unchecked(
      RunRequest wanted,
      RunKind kind,
      Set<String> scopes,
      List<String> ids,
      Map<String, String> kept) {
    IdList unique = IdSet.copyOf(ids).list();
    return new PlannedRun(wanted, kind, scopes, false, unique.size(), unique, kept, Map.of());
  }

  /** Looks at each entry, and leaves out what the run would. */
  PlannedRun check(PlannedRun plan, PlanReader reader) {
    Check check = new Check(plan);
    List<String> ids = plan.ids();
    for (int from = 0; from < ids.size(); from += PAGE) {
      List<String> page = ids.subList(from, Math.min(from + PAGE, ids.size()));
      Map<String, MemoryEntry> rows = rows(page);
      long read = from;
      for (String id : page) {
        // After each: a long text takes long to count, and somebody may want to stop.
        Cancellation.check();
        if (!reader.next(++read, check.look(id, rows.get(id)))) {
          return check.withRest(ids.subList((int) read, ids.size()));
        }
      }
    }
    return check.plan(true);
  }

  private Map<String, MemoryEntry> rows(List<String> ids) {
    Map<String, MemoryEntry> rows = new HashMap<>();
    store.find(ids).forEach(row -> rows.put(row.id(), row));
    List<String> absent = ids.stream().filter(id -> !rows.containsKey(id)).toList();
    if (!absent.isEmpty()) {
      // The plugin replaces a row by deleting and adding it: once is not enough to miss one.
      store.find(absent).forEach(row -> rows.put(row.id(), row));
    }
    return rows;
  }

  /** What has been found out about a plan's entries so far. */
  private static final class Check {
    private final PlannedRun plan;
    private final Preconditions preconditions;
    private final Preconditions evenStamped;
    private final boolean picked;
    private final IdList.Builder taken = new IdList.Builder();
    private final Map<PlannedRun.State, Integer> counts = new EnumMap<>(PlannedRun.State.class);
    private RunKind kind;

    Check(PlannedRun plan) {
      this.plan = plan;
      this.kind = plan.kind();
      this.picked = plan.request() instanceof RunRequest.Chosen(var _, boolean even) && even;
      this.preconditions = new Preconditions(plan.kind(), plan.scopes());
      this.evenStamped = new Preconditions(RunKind.STAMPED, plan.scopes());
    }

    /** Counts an entry; answers it if its text would be sent. */
    @Nullable MemoryEntry look(String id, @Nullable MemoryEntry row) {
      PlannedRun.State state = stateOf(id, row);
      counts.merge(state, 1, Integer::sum);
      if (state.isTaken()) {
        taken.add(id);
      }
      boolean sent = state.isTaken() && state != PlannedRun.State.ANSWERED;
      return sent && row != null && row.flaw() == null ? row : null;
    }

    private PlannedRun.State stateOf(String id, @Nullable MemoryEntry row) {
      String hash = plan.kept().get(id);
      if (!enriches(plan.kind()) || (hash != null && hash.isEmpty())) {
        return PlannedRun.State.ANSWERED;
      }
      if (row == null) {
        return PlannedRun.State.GONE;
      }
      LegacyRule.Traits traits = LegacyRule.traitsOf(row.id(), row.category(), row.metadata());
      if (row.flaw() == null && preconditions.refusal(row).isPresent()) {
        // What somebody picked by hand is meant, though an upgrade of all would pass it by.
        if (picked && traits.stamped() && evenStamped.refusal(row).isEmpty()) {
          kind = RunKind.STAMPED;
          return TextHash.of(row.text()).equals(hash)
              ? PlannedRun.State.ANSWERED
              : PlannedRun.State.POSSIBLY_LEGACY;
        }
        return leftOut(row, traits);
      }
      if (hash != null && hash.equals(TextHash.of(row.text()))) {
        return PlannedRun.State.ANSWERED;
      }
      if (traits.stamped()) {
        return PlannedRun.State.POSSIBLY_LEGACY;
      }
      return traits.state() == MemoryState.LEGACY
          ? PlannedRun.State.LEGACY
          : PlannedRun.State.RETRYABLE;
    }

    private PlannedRun.State leftOut(MemoryEntry row, LegacyRule.Traits traits) {
      if (Preconditions.isOutside(row, plan.scopes())) {
        return PlannedRun.State.OTHER_SCOPE;
      }
      return traits.state() == MemoryState.CORPUS
          ? PlannedRun.State.CORPUS
          : PlannedRun.State.UPGRADED;
    }

    PlannedRun withRest(List<String> rest) {
      rest.forEach(taken::add);
      return plan(plan.exact());
    }

    PlannedRun plan(boolean exact) {
      // Of a query, what the store itself has left out is known already.
      if (plan.exact()) {
        plan.counts()
            .forEach(
                (state, number) -> {
                  if (!state.isTaken()) {
                    counts.merge(state, number, Integer::sum);
                  }
                });
      }
      return new PlannedRun(
          plan.request(),
          kind,
          plan.scopes(),
          exact,
          plan.asked(),
          taken.build(),
          plan.kept(),
          counts);
    }
  }
}
