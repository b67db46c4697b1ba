package dev.memoryconsole.upgrade.interleaving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.upgrade.interleaving.History.Logged;
import dev.memoryconsole.upgrade.interleaving.History.Row;
import dev.memoryconsole.upgrade.interleaving.History.RunFacts;
import dev.memoryconsole.upgrade.interleaving.History.RunKey;
import dev.memoryconsole.upgrade.interleaving.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the log of all writes: what each write of an engine found, what it had the right to
 * change, and what it left. Knows the law (which key is whose), not the engine.
 */
final class Oracle {
  static final String UNPARSED = "unparsed_metadata";
  private static final Set<String> PATCH =
      Set.of("l0_abstract", "l1_overview", "l2_content", "memory_category");
  private static final Set<String> MARKER =
      Set.of("upgraded_from", "upgraded_at", "upgraded_by", "upgrade_error");

  /** What an upgrade may give a default, but not change. */
  private static final Set<String> DEFAULTS =
      Set.of(
          "tier",
          "confidence",
          "access_count",
          "last_accessed_at",
          "valid_from",
          "source",
          "state",
          "memory_layer",
          "fact_key",
          "injected_count",
          "bad_recall_count",
          "suppressed_until_turn");

  /** Every key an engine may ever write. */
  static final Set<String> ENGINE_KEYS =
      new HashSet<>(Set.of(UNPARSED, "mended_at", "archived_at", "archive_reason"));

  static {
    ENGINE_KEYS.addAll(PATCH);
    ENGINE_KEYS.addAll(MARKER);
    ENGINE_KEYS.addAll(DEFAULTS);
  }

  private final History history;
  private final List<Logged> log;
  private final Map<RunKey, Map<String, Logged>> written;
  private final List<Violation> violations = new ArrayList<>();

  private Oracle(History history, List<Logged> log) {
    this.history = history;
    this.log = log;
    this.written = history.written(log);
  }

  static List<Violation> judge(History history, List<Logged> log) {
    Oracle oracle = new Oracle(history, log);
    oracle.judgeWrites();
    oracle.judgeOutcomes();
    return oracle.violations;
  }

  private void convict(Kind kind, Logged write, String what) {
    violations.add(
        new Violation(
            kind,
            "%s: %s%n      before %s%n      after  %s"
                .formatted(write.id(), what, write.before(), write.after())));
  }

  private void judgeWrites() {
    Map<String, Row> now = new HashMap<>();
    Map<RunKey, Set<String>> seen = new HashMap<>();
    for (Logged write : log) {
      if (!Objects.equals(now.get(write.id()), write.before())) {
        throw new IllegalStateException("the log has a gap before " + write);
      }
      if (write.byEngine()) {
        RunKey run = history.writerOf(write);
        if (run != null && !seen.computeIfAbsent(run, key -> new HashSet<>()).add(write.id())) {
          convict(Kind.UNWARRANTED, write, "written twice by " + run);
        }
        judgeWrite(write, run);
      }
      if (write.after() == null) {
        now.remove(write.id());
      } else {
        now.put(write.id(), write.after());
      }
    }
  }

  private void judgeWrite(Logged write, @Nullable RunKey key) {
    Row before = write.before();
    Row after = write.after();
    RunFacts run = key == null ? null : history.runs.get(key);
    if (before == null) {
      convict(Kind.RESURRECTED, write, "the row was not there");
    } else if (after == null) {
      convict(Kind.LOST, write, "the row was deleted");
    } else if (key == null || run == null) {
      convict(Kind.UNWARRANTED, write, "nobody announced this write");
    } else {
      if (!after.text().equals(before.text())
          || !Objects.equals(after.category(), before.category())
          || !Objects.equals(after.scope(), before.scope())) {
        convict(Kind.LOST, write, "another column than the metadata was written");
      }
      Long ofRun = run.ofRun();
      if (ofRun == null) {
        judgeUpgrade(write, before, after, key, run);
      } else {
        judgeUndo(write, before, after, new RunKey(key.engine(), ofRun));
      }
    }
  }

  private void judgeUpgrade(Logged write, Row before, Row after, RunKey key, RunFacts run) {
    if (!Law.isOpen(before, run.kind(), run.scopes())) {
      convict(Kind.UNWARRANTED, write, "the row was not open to " + run);
    }
    Map<String, JsonNode> was = Json.objectOrEmpty(before.metadata());
    Map<String, JsonNode> is = Json.objectOrEmpty(after.metadata());
    History.Call call = Law.callOf(is, history);
    if (call == null || call.engine() != key.engine() || !call.id().equals(write.id())) {
      convict(Kind.HALF_MERGED, write, "no call of the model is behind this");
      return;
    }
    if (!call.text().equals(before.text())) {
      convict(Kind.HALF_MERGED, write, "another text was enriched: " + call);
    }
    Map<String, JsonNode> own = Law.patchAndMarker(call, before, was);
    Law.keys(PATCH, MARKER).stream()
        .filter(name -> !name.equals("upgraded_at"))
        .forEach(name -> expect(Kind.HALF_MERGED, write, name, own.get(name), is));
    if (Json.same(was.get("upgraded_at"), is.get("upgraded_at"))) {
      convict(Kind.HALF_MERGED, write, "no new time in the marker");
    }
    expect(Kind.LOST, write, UNPARSED, own.get(UNPARSED), is);
    for (String name : Law.keys(was.keySet(), is.keySet())) {
      boolean had = was.containsKey(name);
      boolean mayBeAdded = DEFAULTS.contains(name) && !had;
      if (!own.containsKey(name) && !MARKER.contains(name) && !mayBeAdded) {
        expect(had ? Kind.LOST : Kind.RESURRECTED, write, name, was.get(name), is);
      }
    }
  }

  private void judgeUndo(Logged write, Row before, Row after, RunKey undoneRun) {
    Logged undone = written.getOrDefault(undoneRun, Map.of()).get(write.id());
    if (undone == null || undone.seq() > write.seq()) {
      convict(Kind.UNWARRANTED, write, "that run wrote nothing here");
      return;
    }
    Law.Undo undo = Law.undo(undone, before.metadata());
    if (undo == null) {
      convict(Kind.UNWARRANTED, write, "nothing of that run's write was left: " + undone);
      return;
    }
    if (undo.whole()) {
      if (Json.object(undo.metadata()) == null
          ? !Objects.equals(undo.metadata(), after.metadata())
          : !Law.sameObject(undo.metadata(), after.metadata())) {
        convict(Kind.LOST, write, "it should be as before again: " + undo.metadata());
      }
      return;
    }
    if (Json.object(after.metadata()) == null) {
      convict(Kind.RESURRECTED, write, "it should be an object still: " + undo.metadata());
    }
    Map<String, JsonNode> was = Json.objectOrEmpty(before.metadata());
    Map<String, JsonNode> is = Json.objectOrEmpty(after.metadata());
    Map<String, JsonNode> expected = Json.objectOrEmpty(undo.metadata());
    for (String key : Law.keys(expected.keySet(), Law.keys(was.keySet(), is.keySet()))) {
      boolean theirs = Json.same(was.get(key), expected.get(key));
      expect(
          !theirs ? Kind.HALF_MERGED : was.containsKey(key) ? Kind.LOST : Kind.RESURRECTED,
          write,
          key,
          expected.get(key),
          is);
    }
  }

  private void expect(
      Kind kind, Logged write, String key, @Nullable JsonNode value, Map<String, JsonNode> is) {
    if (!Json.same(value, is.get(key))) {
      convict(kind, write, "%s should be %s".formatted(key, value));
    }
  }

  private void judgeOutcomes() {
    history.runs.forEach(
        (key, run) -> run.outcomes().forEach((id, outcome) -> judgeOutcome(key, run, id, outcome)));
  }

  private void judgeOutcome(RunKey key, RunFacts run, String id, EntryState outcome) {
    boolean wrote = written.getOrDefault(key, Map.of()).containsKey(id);
    // A retry that fails again keeps the first result, and says so.
    boolean mayHaveKept = run.kind() == RunKind.RETRY && outcome == EntryState.FALLBACK;
    String problem = null;
    if (wrote != outcome.isWritten() && !(mayHaveKept && !wrote)) {
      problem = wrote ? "although it was written" : "although nothing was written";
    } else if (run.state() == RunState.COMPLETED && !outcome.isOutcome()) {
      problem = "in a run that is over";
    } else if (outcome == EntryState.SKIPPED && wasAlwaysDue(key, run, id)) {
      problem = "although there was something to do all the time";
    } else if (outcome == EntryState.FAILED && !run.leave() && !history.poisoned.contains(id)) {
      problem = "although nothing was in its way";
    }
    if (problem != null) {
      violations.add(
          new Violation(
              Kind.FALSE_OUTCOME, "%s is %s in %s %s".formatted(id, outcome, run, problem)));
    }
  }

  /** Whether the run had something to do in that row at every instant of its life. */
  private boolean wasAlwaysDue(RunKey key, RunFacts run, String id) {
    Row row = null;
    for (Logged write : log) {
      if (write.id().equals(id) && write.seq() <= run.to()) {
        if (write.seq() > run.from() && !isDue(key, run, id, row)) {
          return false;
        }
        row = write.after();
      }
    }
    return isDue(key, run, id, row);
  }

  private boolean isDue(RunKey key, RunFacts run, String id, @Nullable Row row) {
    if (row == null) {
      return false;
    }
    Long ofRun = run.ofRun();
    if (ofRun == null) {
      return Law.isOpen(row, run.kind(), run.scopes());
    }
    Logged undone = written.getOrDefault(new RunKey(key.engine(), ofRun), Map.of()).get(id);
    return undone != null && Law.undo(undone, row.metadata()) != null;
  }
}
