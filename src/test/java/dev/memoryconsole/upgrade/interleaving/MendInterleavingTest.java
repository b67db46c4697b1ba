package dev.memoryconsole.upgrade.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.store.sqlite.SqliteOptions;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.MemoryFolder;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import dev.memoryconsole.upgrade.interleaving.GatedStore.Fault;
import dev.memoryconsole.upgrade.interleaving.History.Logged;
import dev.memoryconsole.upgrade.interleaving.History.Row;
import dev.memoryconsole.upgrade.interleaving.History.RunKey;
import dev.memoryconsole.upgrade.interleaving.Schedule.Op;
import dev.memoryconsole.upgrade.interleaving.Schedule.Place;
import dev.memoryconsole.upgrade.interleaving.Schedule.StartRow;
import dev.memoryconsole.upgrade.interleaving.ground.SqliteGround;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mends and their undos while others write at every place of a run: each write is on a row that was
 * still as the admin saw it, and changes what was asked for and nothing else.
 */
@Tag("interleaving")
class MendInterleavingTest {
  private static final long FIRST_SEED = Long.getLong("interleaving.seed", 1);
  private static final List<String> ASSIGNMENTS =
      List.of(
          "state=archived",
          "state=confirmed",
          "tier=core",
          "memory_category=events",
          "scope=agent:two",
          "scope=agent:one",
          "category=decision");

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private final Map<EntryState, Integer> outcomes = new EnumMap<>(EntryState.class);

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void whatOthersWriteMeanwhileStays() throws Exception {
    playAll(60);
    assertThat(outcomes).containsKeys(EntryState.MENDED, EntryState.UNDONE, EntryState.SKIPPED);
  }

  @Test
  @Tag("long")
  void whatOthersWriteMeanwhileStaysInManyInterleavings() throws Exception {
    playAll(Integer.getInteger("interleaving.count", 5_000));
  }

  private void playAll(int count) throws Exception {
    Path home = Files.createDirectories(folder.resolve("world"));
    SqliteStore.create(home.resolve("store.db")).close();
    History history = new History();
    GatedStore store =
        new GatedStore(
            SqliteStore.open(home.resolve("store.db"), SqliteOptions.DEFAULT.withoutCourtesy()),
            0,
            history,
            Fault.NONE);
    try (Agents agents = new Agents(new SqliteGround(home.resolve("store.db")));
        Upgrades upgrades =
            new UpgradeService(
                store,
                new SqliteJournal(home.resolve("journal.db")),
                new SimpleEnricher(),
                Clock.systemUTC())) {
      for (int i = 0; i < count; i++) {
        new Play(FIRST_SEED + i, history, store, agents, upgrades).run();
      }
    }
  }

  /** One seed. */
  private final class Play {
    private final long seed;
    private final Random random;
    private final History history;
    private final GatedStore store;
    private final Agents agents;
    private final Upgrades upgrades;
    private final List<String> ids = new ArrayList<>();
    private final Map<String, MendPlan> plans = new HashMap<>();
    private int values;

    Play(long seed, History history, GatedStore store, Agents agents, Upgrades upgrades) {
      this.seed = seed;
      this.random = new Random(seed);
      this.history = history;
      this.store = store;
      this.agents = agents;
      this.upgrades = upgrades;
    }

    void run() throws Exception {
      long from = agents.lastWrite();
      for (StartRow row : new Generator(seed).schedule().rows()) {
        String id = "m" + seed + "-" + ids.size();
        ids.add(id);
        agents.insert(id, new Row(row.text(), row.category(), row.scope(), row.metadata()));
      }
      MendPreview preview = MendPreview.of(store, ids, changes());
      preview.items().forEach(item -> plans.put(item.id(), item.plan()));
      UpgradeOptions options =
          UpgradeOptions.DEFAULT
              .withBatchSize(1 + random.nextInt(3))
              .withCommit(random.nextInt(3) == 0 ? CommitMode.CAS : CommitMode.BATCH);
      if (preview.mends().isEmpty()) {
        return;
      }
      Map<Long, @Nullable Long> undone = new HashMap<>();
      store.play(new Turns());
      long mend = end(upgrades.mend(preview.mends(), options).await());
      undone.put(mend, null);
      if (wrote(mend) && random.nextBoolean()) {
        store.play(new Turns());
        long undo = end(upgrades.undo(mend, List.of(), options).await());
        undone.put(undo, mend);
        if (wrote(undo) && random.nextBoolean()) {
          store.play(new Turns());
          undone.put(end(upgrades.undo(undo, List.of(), options).await()), undo);
        }
      }
      store.play(Gates.NOBODY);
      judge(agents.logSince(from), undone);
      assertThat(agents.complaints(ids)).as("seed %d", seed).isEmpty();
    }

    private FieldChanges changes() {
      List<String> chosen = new ArrayList<>(List.of(ASSIGNMENTS.get(random.nextInt(2))));
      if (random.nextInt(3) == 0) {
        chosen.clear();
      }
      chosen.add(ASSIGNMENTS.get(2 + random.nextInt(2)));
      if (random.nextBoolean()) {
        chosen.add(ASSIGNMENTS.get(4 + random.nextInt(3)));
      }
      return FieldChanges.parse(chosen);
    }

    private boolean wrote(long run) {
      return upgrades.entries(run, Set.of(), 0, 100).stream()
          .anyMatch(entry -> entry.state().isWritten());
    }

    private long end(RunProgress end) {
      assertThat(end.state()).as("seed %d", seed).isEqualTo(RunState.COMPLETED);
      end.counts().forEach((state, n) -> outcomes.merge(state, n, Integer::sum));
      return end.run();
    }

    private void judge(List<Logged> log, Map<Long, @Nullable Long> undone) {
      Map<RunKey, Map<String, Logged>> written = history.written(log);
      for (Logged write : log) {
        if (write.byEngine()) {
          RunKey run = Objects.requireNonNull(history.writerOf(write), () -> "seed " + seed);
          Long ofRun = undone.get(run.run());
          String what = "seed %d, run %d: %s".formatted(seed, run.run(), write);
          if (ofRun == null) {
            judgeMend(what, write);
          } else {
            judgeUndo(
                what,
                write,
                Objects.requireNonNull(
                    written.getOrDefault(new RunKey(0, ofRun), Map.of()).get(write.id()), what));
          }
        }
      }
      undone
          .keySet()
          .forEach(
              run -> {
                Map<String, Logged> own = written.getOrDefault(new RunKey(0, run), Map.of());
                for (EntryRecord entry : upgrades.entries(run, Set.of(), 0, 100)) {
                  assertThat(own.containsKey(entry.id()))
                      .as("seed %d, run %d: %s", seed, run, entry)
                      .isEqualTo(entry.state().isWritten());
                }
              });
    }

    private void judgeMend(String what, Logged write) {
      Row before = Objects.requireNonNull(write.before(), what);
      Row after = Objects.requireNonNull(write.after(), what);
      MendPlan.Fields plan = (MendPlan.Fields) plans.get(write.id());
      Objects.requireNonNull(plan, what);
      MemoryEntry found =
          new MemoryEntry(
              write.id(),
              before.text(),
              before.category(),
              before.scope(),
              null,
              null,
              before.metadata(),
              0);
      assertThat(plan.isAsSeen(found)).as(what).isTrue();
      assertThat(after.text()).as(what).isEqualTo(before.text());
      JsonNode columns = plan.columns().node();
      assertThat(after.scope())
          .as(what)
          .isEqualTo(columns.has("scope") ? columns.path("scope").asText() : before.scope());
      assertThat(after.category())
          .as(what)
          .isEqualTo(
              columns.has("category") ? columns.path("category").asText() : before.category());
      Map<String, JsonNode> expected = Json.objectOrEmpty(before.metadata());
      String raw = before.metadata();
      if (raw != null && !raw.isEmpty() && Json.object(raw) == null) {
        expected.put("unparsed_metadata", Json.text(raw));
      }
      plan.keys().properties().forEach(key -> expected.put(key.getKey(), key.getValue()));
      Map<String, JsonNode> is = Json.objectOrEmpty(after.metadata());
      JsonNode marker = Objects.requireNonNull(is.get("mended_at"), what);
      assertThat(Json.same(expected.put("mended_at", marker), marker)).as(what).isFalse();
      String state = plan.keys().path("state").asText();
      if (state.equals("archived")) {
        expected.put("memory_layer", Json.text("archive"));
        expected.put("archived_at", marker);
        expected.put("archive_reason", Json.text("memory-console"));
      } else if (!state.isEmpty()) {
        expected.remove("archived_at");
        expected.remove("archive_reason");
      }
      assertThat(Law.sameObject(Json.write(expected), after.metadata()))
          .as("%s%nexpected %s", what, expected)
          .isTrue();
    }

    private void judgeUndo(String what, Logged write, Logged undone) {
      Row before = Objects.requireNonNull(write.before(), what);
      Row after = Objects.requireNonNull(write.after(), what);
      Row was = Objects.requireNonNull(undone.before(), what);
      Row ours = Objects.requireNonNull(undone.after(), what);
      assertThat(after.text()).as(what).isEqualTo(before.text());
      assertThat(after.scope()).as(what).isEqualTo(back(before.scope(), was.scope(), ours.scope()));
      assertThat(after.category())
          .as(what)
          .isEqualTo(back(before.category(), was.category(), ours.category()));
      Law.Undo undo = Objects.requireNonNull(Law.undo(undone, before.metadata()), what);
      if (undo.whole() && Json.object(undo.metadata()) == null) {
        assertThat(after.metadata()).as(what).isEqualTo(undo.metadata());
      } else {
        assertThat(Law.sameObject(undo.metadata(), after.metadata()))
            .as("%s%nexpected %s", what, undo)
            .isTrue();
      }
    }

    private @Nullable String back(
        @Nullable String now, @Nullable String was, @Nullable String ours) {
      return Objects.equals(now, ours) ? was : now;
    }

    /** Others do something at some of the places. */
    private final class Turns implements Gates {
      private final Map<Place, Op> ops = new EnumMap<>(Place.class);
      private final Map<Place, Integer> rows = new EnumMap<>(Place.class);
      private final Map<Place, Integer> counts = new EnumMap<>(Place.class);

      Turns() {
        List<Op> all =
            List.copyOf(
                EnumSet.complementOf(
                    EnumSet.of(Op.OTHER_ENGINE, Op.CANCEL, Op.PAUSE, Op.POISON, Op.CURE)));
        for (Place place : Place.values()) {
          if (random.nextInt(3) == 0) {
            ops.put(place, all.get(random.nextInt(all.size())));
            rows.put(place, random.nextInt(ids.size()));
          }
        }
      }

      @Override
      public synchronized int reached(Place place) {
        int count = counts.merge(place, 1, Integer::sum);
        Op op = ops.get(place);
        if (op != null && count == 1) {
          agents.act(op, ids.get(rows.getOrDefault(place, 0)), ++values);
        }
        return count;
      }
    }
  }
}
